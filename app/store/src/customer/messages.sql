SELECT note.id, note.rma_id, rma.number, note.author, note.body, note.at
FROM rma
JOIN note ON note.rma_id = rma.id
WHERE rma.customer_id = :id
    AND note.audience = 'customer'
    AND note.taken_back_at IS NULL
    AND (:scope IS NULL OR EXISTS (
        SELECT 1
        FROM json_each(:scope) AS place
        WHERE (place.value ->> 0 IS NULL OR place.value ->> 0 = rma.shop_id)
            AND (place.value ->> 1 IS NULL OR place.value ->> 1 = rma.warehouse_id)
    ))
ORDER BY note.id DESC
LIMIT :limit
