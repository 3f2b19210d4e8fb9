INSERT INTO warehouse (
    id,
    code,
    name_zh,
    name_en,
    contact_name,
    contact_phone,
    address_zh,
    address_en,
    notes_zh,
    notes_en,
    active
) VALUES (
    :id,
    :code,
    :name_zh,
    :name_en,
    :contact_name,
    :contact_phone,
    :address_zh,
    :address_en,
    :notes_zh,
    :notes_en,
    :active
)
