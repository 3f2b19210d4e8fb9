INSERT INTO event (
    id, at, kind, rma_id, subject, subject_id, shop_id, warehouse_id, actor_kind, actor_id,
    root_id, parent_id, depth, rule, payload_hash, previous_hash, hash
) VALUES (
    :id, :at, :kind, :rma_id, :subject, :subject_id, :shop_id, :warehouse_id, :actor_kind, :actor_id,
    :root_id, :parent_id, :depth, :rule, :payload_hash, :previous_hash, :hash
)
