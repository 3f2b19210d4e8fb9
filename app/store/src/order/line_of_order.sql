SELECT
    id,
    order_id,
    line_no,
    sku_id,
    parent_id,
    is_gift,
    ordered,
    cancelled,
    shipped,
    redelivered,
    unit_price_minor,
    discount_minor,
    paid_goods_minor,
    paid_tax_minor,
    paid_freight_minor,
    claimed,
    claimed_goods,
    claimed_unshipped,
    claimed_imported,
    allocated_goods_minor,
    allocated_tax_minor,
    redelivered_goods_minor,
    redelivered_tax_minor
FROM order_line
WHERE order_id = :order_id
ORDER BY line_no
