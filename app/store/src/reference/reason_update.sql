UPDATE reason SET
    code = :code,
    parent_id = :parent_id,
    name_zh = :name_zh,
    name_en = :name_en,
    evidence_required = :evidence_required,
    liability = :liability,
    position = :position,
    active = :active,
    version = version + 1
WHERE id = :id AND version = :version
