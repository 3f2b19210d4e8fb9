SELECT id
FROM rma
WHERE contact_id IN (SELECT value FROM json_each(:contacts))
    AND (:scope IS NULL OR EXISTS (
        SELECT 1
        FROM json_each(:scope) AS place
        WHERE (place.value ->> 0 IS NULL OR place.value ->> 0 = rma.shop_id)
            AND (place.value ->> 1 IS NULL OR place.value ->> 1 = rma.warehouse_id)
    ))
ORDER BY id DESC
LIMIT :limit
