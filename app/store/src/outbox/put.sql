INSERT INTO outbox (
    id, key, channel, channel_id, audience, shop_id, role, urgent, event_id, firing_id, rma_id, contact_id, person_id, body,
    not_before, next_attempt_at, created_at
) VALUES (
    :id, :key, :channel, :channel_id, :audience, :shop_id, :role, :urgent, :event_id, :firing_id, :rma_id, :contact_id,
    :person_id, :body, :not_before, :not_before, :created_at
)
ON CONFLICT (key) DO NOTHING
