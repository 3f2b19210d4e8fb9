SELECT
    id,
    code,
    name,
    name_en,
    category,
    brand,
    unit,
    list_price_minor,
    resalable,
    has_serial,
    has_lot,
    supplier_id,
    weight_grams,
    active,
    version
FROM sku
WHERE id = :id
