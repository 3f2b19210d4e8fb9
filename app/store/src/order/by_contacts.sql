SELECT sales_order.id
FROM sales_order
WHERE sales_order.id IN (
        SELECT id FROM sales_order WHERE contact_id IN (SELECT value FROM json_each(:contacts))
        UNION
        SELECT placed.id
        FROM customer
        JOIN sales_order AS placed ON placed.customer_id = customer.id
        WHERE customer.contact_id IN (SELECT value FROM json_each(:contacts))
    )
    AND sales_order.id < coalesce(:after, 9223372036854775807)
    AND (:shops IS NULL OR sales_order.shop_id IN (SELECT value FROM json_each(:shops)))
ORDER BY sales_order.id DESC
LIMIT :limit
