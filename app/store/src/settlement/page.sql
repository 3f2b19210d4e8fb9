SELECT
    id, rma_id, shop_id, order_id, basis, state, net_minor, currency, means, platform_number, note, proposed_by,
    proposed_at, needs_second, approved_by, approved_at, settled_at, local_date, version
FROM settlement
WHERE (:state IS NULL OR +state = :state)
    AND id < :before
    AND (:scope IS NULL OR EXISTS (
        SELECT 1
        FROM json_each(:scope) AS place
        JOIN rma ON rma.id = settlement.rma_id
        WHERE (place.value ->> 0 IS NULL OR place.value ->> 0 = settlement.shop_id)
            AND (place.value ->> 1 IS NULL OR place.value ->> 1 = rma.warehouse_id)
    ))
ORDER BY id DESC
LIMIT :limit
