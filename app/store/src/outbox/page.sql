SELECT
    id, key, channel, channel_id, audience, shop_id, role, urgent, held, event_id, firing_id, rma_id, contact_id,
    person_id, body, not_before, next_attempt_at, state, attempts, created_at
FROM outbox
WHERE id < :before
    AND (:state IS NULL OR state = :state)
    AND (:channel IS NULL OR channel = :channel)
    AND (:channel_id IS NULL OR channel_id = :channel_id)
    AND (:rma_id IS NULL OR rma_id = :rma_id)
    AND (:scope IS NULL OR EXISTS (
        SELECT 1
        FROM json_each(:scope) AS place
        WHERE place.value ->> 0 IS NULL OR place.value ->> 0 = outbox.shop_id
    ))
ORDER BY id DESC
LIMIT :limit
