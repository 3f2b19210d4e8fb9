SELECT
    order_line.id, order_line.order_id, order_line.sku_id, sku.code AS sku_code, sku.name AS sku_name, sku.category, sku.resalable,
    order_line.is_gift, order_line.parent_id,
    order_line.ordered, order_line.cancelled, order_line.shipped, order_line.redelivered,
    order_line.claimed + order_line.claimed_imported AS claimed,
    order_line.claimed_goods + order_line.claimed_imported AS claimed_goods,
    order_line.claimed_unshipped, order_line.unit_price_minor,
    order_line.paid_goods_minor + order_line.redelivered_goods_minor - order_line.allocated_goods_minor AS open_goods_minor,
    order_line.paid_tax_minor + order_line.redelivered_tax_minor - order_line.allocated_tax_minor AS open_tax_minor,
    (
        SELECT max(shipment.delivered_at)
        FROM shipment_line
        JOIN shipment ON shipment.id = shipment_line.shipment_id
        WHERE shipment_line.order_line_id = order_line.id
    ) AS delivered_at
FROM order_line
JOIN sku ON sku.id = order_line.sku_id
WHERE order_line.order_id = :order_id
ORDER BY order_line.line_no
