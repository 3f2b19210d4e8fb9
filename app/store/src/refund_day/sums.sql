SELECT settlement.local_date, settlement.shop_id, settlement.means, settlement.currency, count(*) AS count,
    sum(settlement.net_minor) AS sum_minor
FROM settlement
WHERE settlement.local_date BETWEEN :from AND :to
    AND settlement.state = 'settled'
    AND settlement.means <> 'none'
    AND (:shop_id IS NULL OR settlement.shop_id = :shop_id)
    AND (:scope IS NULL OR EXISTS (
        SELECT 1
        FROM json_each(:scope) AS place
        JOIN rma ON rma.id = settlement.rma_id
        WHERE (place.value ->> 0 IS NULL OR place.value ->> 0 = settlement.shop_id)
            AND (place.value ->> 1 IS NULL OR place.value ->> 1 = rma.warehouse_id)
    ))
GROUP BY settlement.local_date, settlement.shop_id, settlement.means, settlement.currency
ORDER BY settlement.local_date DESC, settlement.shop_id, settlement.means, settlement.currency
