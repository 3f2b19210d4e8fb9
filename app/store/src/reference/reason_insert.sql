INSERT INTO reason (
    id,
    code,
    parent_id,
    name_zh,
    name_en,
    evidence_required,
    liability,
    position,
    active
) VALUES (
    :id,
    :code,
    :parent_id,
    :name_zh,
    :name_en,
    :evidence_required,
    :liability,
    :position,
    :active
)
