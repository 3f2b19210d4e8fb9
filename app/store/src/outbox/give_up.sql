UPDATE outbox
SET state = 'dead'
WHERE id IN (
    SELECT id
    FROM outbox
    WHERE state = 'pending' AND attempts = 0 AND next_attempt_at < :before
    ORDER BY next_attempt_at
    LIMIT :limit
)
