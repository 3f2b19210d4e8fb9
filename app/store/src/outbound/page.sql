SELECT
    id, number, rma_id, shop_id, warehouse_id, kind, state, contact_id, carrier_id, waybill, opened_at, shipped_at,
    delivered_at, waived_reason, version
FROM outbound_order
WHERE (:state IS NULL OR +state = :state)
    AND id < :before
    AND (:shops IS NULL OR shop_id IN (SELECT value FROM json_each(:shops)))
    AND (:warehouses IS NULL OR warehouse_id IN (SELECT value FROM json_each(:warehouses)))
ORDER BY id DESC
LIMIT :limit
