SELECT settlement.id, settlement.rma_id, rma.number AS rma_number, coalesce(sales_order.number, '') AS order_number,
    settlement.means, settlement.currency, settlement.net_minor, settlement.settled_at,
    coalesce(nullif(settlement.platform_number, ''), (
        SELECT group_concat(coalesce(payout.gateway_id, payout.proof), ' ')
        FROM payout
        WHERE payout.settlement_id = settlement.id AND payout.state IN ('done', 'manual')
    ), '') AS reference
FROM settlement
JOIN rma ON rma.id = settlement.rma_id
LEFT JOIN sales_order ON sales_order.id = settlement.order_id
WHERE settlement.local_date BETWEEN :from AND :to
    AND settlement.state = 'settled'
    AND settlement.means <> 'none'
    AND settlement.id < :before
    AND (:shop_id IS NULL OR settlement.shop_id = :shop_id)
    AND (:scope IS NULL OR EXISTS (
        SELECT 1
        FROM json_each(:scope) AS place
        WHERE (place.value ->> 0 IS NULL OR place.value ->> 0 = settlement.shop_id)
            AND (place.value ->> 1 IS NULL OR place.value ->> 1 = rma.warehouse_id)
    ))
ORDER BY settlement.id DESC
LIMIT :limit
