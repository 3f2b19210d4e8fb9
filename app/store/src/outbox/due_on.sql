SELECT id
FROM outbox
WHERE state = 'pending'
    AND next_attempt_at <= :now
    AND (audience = 'trial' OR channel IN (SELECT value FROM json_each(:channels)))
ORDER BY next_attempt_at, id
LIMIT :limit
