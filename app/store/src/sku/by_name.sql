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
FROM (
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
    ORDER BY id DESC
    LIMIT :looked_at
)
WHERE instr(lower(name), :fragment) > 0 OR instr(lower(name_en), :fragment) > 0
ORDER BY id DESC
LIMIT :limit
