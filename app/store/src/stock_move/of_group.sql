SELECT
    id, warehouse_id, sku_id, bucket, quantity, lot, expires_on, unit_group_id, disposition_id, local_date, at
FROM stock_move
WHERE unit_group_id = :unit_group_id
ORDER BY id
