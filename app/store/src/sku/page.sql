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
WHERE code >= :prefix AND code < :end AND code > :after
ORDER BY code
LIMIT :limit
