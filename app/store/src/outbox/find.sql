SELECT
    id, key, channel, event_id, firing_id, rma_id, contact_id, person_id, body, not_before, state, attempts, created_at
FROM outbox
WHERE id = :id
