UPDATE sku SET
    code = :code,
    name = :name,
    name_en = :name_en,
    category = :category,
    brand = :brand,
    unit = :unit,
    list_price_minor = :list_price_minor,
    resalable = :resalable,
    has_serial = :has_serial,
    has_lot = :has_lot,
    supplier_id = :supplier_id,
    weight_grams = :weight_grams,
    active = :active,
    version = version + 1
WHERE id = :id AND version = :version
