UPDATE warehouse SET
    code = :code,
    name_zh = :name_zh,
    name_en = :name_en,
    contact_name = :contact_name,
    contact_phone = :contact_phone,
    address_zh = :address_zh,
    address_en = :address_en,
    notes_zh = :notes_zh,
    notes_en = :notes_en,
    active = :active,
    version = version + 1
WHERE id = :id AND version = :version
