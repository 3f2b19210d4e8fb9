SELECT
    id, number, shop_id, warehouse_id, release_id, origin, state, stage, goods_state, money_state, order_id,
    customer_id, contact_id, owner_id, filed_by, filed_at, local_date, verdict, reason_id, summary, currency,
    refund_minor, due_at, warn_at, platform_due_at, next_follow_up_at, agreed_at, received_at, inspected_at, settled_at,
    closed_at, linked_rma_id, version
FROM rma
WHERE id = :id
