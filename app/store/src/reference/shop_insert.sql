INSERT INTO shop (
    id,
    code,
    name_zh,
    name_en,
    platform,
    currency,
    zone,
    warehouse_id,
    calendar_id,
    active
) VALUES (
    :id,
    :code,
    :name_zh,
    :name_en,
    :platform,
    :currency,
    :zone,
    :warehouse_id,
    :calendar_id,
    :active
)
