SELECT
    id,
    customer_no,
    contact_id,
    version
FROM customer
WHERE contact_id IN (SELECT value FROM json_each(:contacts))
    AND (:shops IS NULL OR EXISTS (
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
ORDER BY id DESC
LIMIT :limit
