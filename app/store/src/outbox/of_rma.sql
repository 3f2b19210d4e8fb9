SELECT
    id, key, channel, channel_id, audience, shop_id, role, urgent, held, event_id, firing_id, rma_id, contact_id,
    person_id, body, not_before, next_attempt_at, state, attempts, created_at
FROM outbox
WHERE rma_id = :rma_id
ORDER BY id DESC
