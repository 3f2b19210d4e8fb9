SELECT id, attempt, outcome, code, detail, started_at, finished_at
FROM effect
WHERE outbox_id = :outbox_id
ORDER BY id DESC
LIMIT 100
