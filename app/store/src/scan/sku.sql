SELECT sku.id, sku.code, sku.name, found.quantity, sku.has_serial
FROM (
    SELECT sku_id, quantity, 0 AS rank FROM sku_barcode WHERE barcode = :code
    UNION ALL
    SELECT id AS sku_id, 1 AS quantity, 1 AS rank FROM sku WHERE code = :code
) AS found
JOIN sku ON sku.id = found.sku_id
ORDER BY found.rank
LIMIT 1
