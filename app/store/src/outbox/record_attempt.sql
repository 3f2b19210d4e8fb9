INSERT INTO effect (id, outbox_id, attempt, outcome, code, detail, started_at, finished_at)
SELECT :id, outbox.id, outbox.attempts, :outcome, :code, :detail, :started_at, :finished_at
FROM outbox
WHERE outbox.id = :outbox_id
