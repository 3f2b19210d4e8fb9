INSERT INTO effect (id, payout_id, attempt, outcome, detail, started_at, finished_at)
SELECT :id, payout.id, payout.attempts, :outcome, :detail, :started_at, :finished_at
FROM payout
WHERE payout.id = :payout_id
