SELECT outbound_line.id, sku.code, sku.name, outbound_line.quantity
FROM outbound_line
JOIN sku ON sku.id = outbound_line.sku_id
WHERE outbound_line.outbound_order_id = :id
ORDER BY outbound_line.id
