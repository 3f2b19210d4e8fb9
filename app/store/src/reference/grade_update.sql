UPDATE grade SET
    code = :code,
    name_zh = :name_zh,
    name_en = :name_en,
    money_percent = :money_percent,
    accepted = :accepted,
    disposition = :disposition,
    position = :position,
    active = :active,
    version = version + 1
WHERE id = :id AND version = :version
