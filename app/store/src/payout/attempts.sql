SELECT attempt, outcome, detail, started_at, finished_at
FROM effect
WHERE payout_id = :payout_id
ORDER BY id
