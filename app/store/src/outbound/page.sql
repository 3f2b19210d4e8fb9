SELECT
    id, number, rma_id, shop_id, warehouse_id, kind, state, contact_id, carrier_id, waybill, opened_at, shipped_at,
    delivered_at, waived_reason, version
FROM outbound_order
WHERE (:state IS NULL OR +state = :state)
    AND id < :before
    AND (:scope IS NULL OR EXISTS (
        SELECT 1
        FROM json_each(:scope) AS place
        WHERE (place.value ->> 0 IS NULL OR place.value ->> 0 = outbound_order.shop_id)
            AND (place.value ->> 1 IS NULL OR place.value ->> 1 = outbound_order.warehouse_id)
    ))
ORDER BY id DESC
LIMIT :limit
