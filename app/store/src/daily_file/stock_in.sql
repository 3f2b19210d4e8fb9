SELECT
    stock_move.id AS move_id,
    stock_move.at,
    warehouse.code AS warehouse,
    rma.number AS rma_number,
    coalesce(sales_order.number, '') AS order_number,
    coalesce(parcel.waybill, '') AS waybill,
    coalesce(sku.code, '') AS sku_code,
    coalesce(sku.name, '') AS sku_name,
    stock_move.bucket,
    stock_move.quantity,
    coalesce(stock_move.lot, '') AS lot,
    coalesce(stock_move.expires_on, '') AS expires_on,
    coalesce(unit_group.serial, '') AS serial
FROM stock_move
JOIN unit_group ON unit_group.id = stock_move.unit_group_id
JOIN rma ON rma.id = unit_group.rma_id
JOIN warehouse ON warehouse.id = stock_move.warehouse_id
LEFT JOIN sku ON sku.id = stock_move.sku_id
LEFT JOIN parcel ON parcel.id = unit_group.parcel_id
LEFT JOIN rma_line ON rma_line.id = unit_group.rma_line_id
LEFT JOIN order_line ON order_line.id = rma_line.order_line_id
LEFT JOIN sales_order ON sales_order.id = coalesce(order_line.order_id, rma.order_id)
WHERE stock_move.local_date = :day AND rma.shop_id = :shop_id
ORDER BY stock_move.id
