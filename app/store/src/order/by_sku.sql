SELECT
    order_line.id,
    order_line.order_id
FROM order_line
JOIN sales_order ON sales_order.id = order_line.order_id
WHERE order_line.sku_id = :sku_id
    AND order_line.id < coalesce(:after, 9223372036854775807)
    AND (:shops IS NULL OR sales_order.shop_id IN (SELECT value FROM json_each(:shops)))
ORDER BY order_line.id DESC
LIMIT :limit
