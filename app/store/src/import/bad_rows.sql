SELECT
    row,
    code,
    field,
    message_zh,
    message_en,
    raw
FROM import_bad_row
WHERE import_id = :import_id AND (row, field) > (:after_row, :after_field)
ORDER BY row, field
LIMIT :limit
