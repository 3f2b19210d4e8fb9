SELECT sku_id, bucket, sum(quantity) AS quantity
FROM stock_move
WHERE warehouse_id = :warehouse_id AND sku_id IS NOT NULL
GROUP BY sku_id, bucket
HAVING sum(quantity) <> 0
ORDER BY sku_id, bucket
