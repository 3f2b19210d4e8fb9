UPDATE shop SET
    code = :code,
    name_zh = :name_zh,
    name_en = :name_en,
    platform = :platform,
    currency = :currency,
    zone = :zone,
    warehouse_id = :warehouse_id,
    calendar_id = :calendar_id,
    active = :active,
    version = version + 1
WHERE id = :id AND version = :version
