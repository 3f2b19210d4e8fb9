SELECT
    outbound_order.number,
    outbound_order.kind,
    outbound_order.state,
    outbound_order.opened_at,
    coalesce(warehouse.code, '') AS warehouse,
    rma.number AS rma_number,
    coalesce(sales_order.number, '') AS order_number,
    sku.code AS sku_code,
    sku.name AS sku_name,
    outbound_line.quantity,
    coalesce(contact.name, '') AS contact_name,
    coalesce(contact.phone, '') AS contact_phone,
    coalesce(contact.address, '') AS contact_address,
    coalesce(carrier.code, '') AS carrier,
    outbound_order.waybill
FROM outbound_order
JOIN outbound_line ON outbound_line.outbound_order_id = outbound_order.id
JOIN rma ON rma.id = outbound_order.rma_id
JOIN sku ON sku.id = outbound_line.sku_id
JOIN rma_line ON rma_line.id = outbound_line.rma_line_id
LEFT JOIN order_line ON order_line.id = rma_line.order_line_id
LEFT JOIN sales_order ON sales_order.id = coalesce(order_line.order_id, rma.order_id)
LEFT JOIN warehouse ON warehouse.id = outbound_order.warehouse_id
LEFT JOIN contact ON contact.id = outbound_order.contact_id
LEFT JOIN carrier ON carrier.id = outbound_order.carrier_id
WHERE outbound_order.shop_id = :shop_id AND outbound_order.opened_at >= :from AND outbound_order.opened_at < :until
ORDER BY outbound_order.id, outbound_line.id
