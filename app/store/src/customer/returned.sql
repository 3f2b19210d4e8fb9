WITH claimed AS (
    SELECT rma.id, rma.order_id
    FROM rma
    WHERE rma.customer_id = :id
        AND rma.state NOT IN ('rejected', 'withdrawn')
        AND (:scope IS NULL OR EXISTS (
        SELECT 1
        FROM json_each(:scope) AS place
        WHERE (place.value ->> 0 IS NULL OR place.value ->> 0 = rma.shop_id)
            AND (place.value ->> 1 IS NULL OR place.value ->> 1 = rma.warehouse_id)
    ))
),
brought_back AS (
    SELECT order_id FROM claimed
    UNION
    SELECT rma_order.order_id FROM claimed JOIN rma_order ON rma_order.rma_id = claimed.id
)
SELECT count(*), coalesce(sum(id IN (SELECT order_id FROM brought_back WHERE order_id IS NOT NULL)), 0)
FROM sales_order
WHERE customer_id = :id
    AND (:shops IS NULL OR shop_id IN (SELECT value FROM json_each(:shops)))
