WITH seen AS (
    SELECT rma.id, rma.origin, rma.currency, rma.refund_minor
    FROM rma
    WHERE rma.customer_id = :id
        AND (:scope IS NULL OR EXISTS (
        SELECT 1
        FROM json_each(:scope) AS place
        WHERE (place.value ->> 0 IS NULL OR place.value ->> 0 = rma.shop_id)
            AND (place.value ->> 1 IS NULL OR place.value ->> 1 = rma.warehouse_id)
    ))
)
SELECT currency, sum(amount_minor)
FROM (
    SELECT settlement.currency, settlement.net_minor AS amount_minor
    FROM seen
    JOIN settlement ON settlement.rma_id = seen.id
    WHERE settlement.state = 'settled'
    UNION ALL
    SELECT currency, refund_minor FROM seen WHERE origin = 'imported'
)
GROUP BY currency
ORDER BY currency
