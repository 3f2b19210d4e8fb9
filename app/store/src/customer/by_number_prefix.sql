SELECT
    customer.id,
    customer.customer_no,
    customer.contact_id,
    customer.version
FROM (
    SELECT
        id,
        customer_no,
        contact_id,
        version
    FROM customer
    WHERE customer_no >= :prefix
        AND customer_no < :end
    ORDER BY customer_no
    LIMIT :looked_at
) AS customer
WHERE (:shops IS NULL OR EXISTS (
        SELECT 1
        FROM sales_order
        WHERE sales_order.customer_id = customer.id
            AND sales_order.shop_id IN (SELECT value FROM json_each(:shops))
    ) OR EXISTS (
        SELECT 1
        FROM rma
        WHERE rma.customer_id = customer.id
            AND rma.shop_id IN (SELECT value FROM json_each(:shops))
    ))
LIMIT :limit
