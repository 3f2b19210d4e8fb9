SELECT
    id, number, rma_id, shop_id, warehouse_id, kind, state, contact_id, carrier_id, waybill, opened_at, shipped_at,
    delivered_at, waived_reason, version
FROM outbound_order
WHERE id = :id
