INSERT INTO grade (
    id,
    code,
    name_zh,
    name_en,
    money_percent,
    accepted,
    disposition,
    position,
    active
) VALUES (
    :id,
    :code,
    :name_zh,
    :name_en,
    :money_percent,
    :accepted,
    :disposition,
    :position,
    :active
)
