INSERT INTO statement (
    id, shop_id, layout, file_name, file_hash, currency, from_at, until_at, out_count, out_minor, in_count, in_minor,
    known_count, imported_by, imported_at
)
VALUES (
    :id, :shop_id, :layout, :file_name, :file_hash, :currency, :from_at, :until_at, :out_count, :out_minor, :in_count,
    :in_minor, :known_count, :imported_by, :imported_at
)
