UPDATE order_line SET
    sku_id = :sku_id,
    is_gift = :is_gift,
    ordered = :ordered,
    cancelled = :cancelled,
    shipped = :shipped,
    unit_price_minor = :unit_price_minor,
    discount_minor = :discount_minor,
    paid_goods_minor = :paid_goods_minor,
    paid_tax_minor = :paid_tax_minor,
    paid_freight_minor = :paid_freight_minor
WHERE id = :id
