SELECT
    event.id, event.at, event.kind, event.rma_id, event.subject, event.subject_id, event.shop_id, event.warehouse_id,
    event.actor_kind, event.actor_id, event.root_id, event.parent_id, event.depth, event.rule,
    event.payload_hash, event.previous_hash, event.hash, event_payload.body
FROM event
LEFT JOIN event_payload ON event_payload.event_id = event.id
ORDER BY event.id
