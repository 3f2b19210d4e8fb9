SELECT id
FROM outbox
WHERE state IN ('dead', 'failed') AND channel = :channel AND (:channel_id IS NULL OR channel_id = :channel_id)
ORDER BY id
LIMIT :limit
