INSERT INTO stock_move (
    id, warehouse_id, sku_id, bucket, quantity, lot, expires_on, unit_group_id, disposition_id, local_date, at
) VALUES (
    :id, :warehouse_id, :sku_id, :bucket, :quantity, :lot, :expires_on, :unit_group_id, :disposition_id, :local_date, :at
)
