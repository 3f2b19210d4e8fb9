INSERT INTO order_line (
    id,
    order_id,
    line_no,
    sku_id,
    is_gift,
    ordered,
    cancelled,
    shipped,
    unit_price_minor,
    discount_minor,
    paid_goods_minor,
    paid_tax_minor,
    paid_freight_minor
) VALUES (
    :id,
    :order_id,
    :line_no,
    :sku_id,
    :is_gift,
    :ordered,
    :cancelled,
    :shipped,
    :unit_price_minor,
    :discount_minor,
    :paid_goods_minor,
    :paid_tax_minor,
    :paid_freight_minor
)
ON CONFLICT (order_id, line_no) DO NOTHING
