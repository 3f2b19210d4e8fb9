SELECT
    id,
    shop_id,
    number,
    customer_id,
    contact_id,
    state,
    ordered_at,
    paid_at,
    shipped_at,
    delivered_at,
    currency,
    captured_minor,
    freight_minor,
    invoice,
    held_minor,
    held_imported_minor,
    freight_held_minor,
    source_version,
    release_id,
    version
FROM sales_order
WHERE shop_id = :shop_id AND number = :number
