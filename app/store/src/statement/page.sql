SELECT id, shop_id, layout, file_name, file_hash, currency, from_at, until_at, out_count, out_minor, in_count, in_minor,
    known_count, imported_by, imported_at
FROM statement
WHERE id < :before
    AND (:scope IS NULL OR EXISTS (
        SELECT 1
        FROM json_each(:scope) AS place
        WHERE place.value ->> 0 IS NULL OR place.value ->> 0 = statement.shop_id
    ))
ORDER BY id DESC
LIMIT :limit
