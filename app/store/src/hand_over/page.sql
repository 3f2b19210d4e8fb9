SELECT id, device_id, warehouse_id, from_id, to_id, shift_id, at, sheet
FROM hand_over
WHERE id < :before
    AND (:warehouse_id IS NULL OR warehouse_id = :warehouse_id)
    AND (:device_id IS NULL OR device_id = :device_id)
    AND (:from IS NULL OR at >= :from)
    AND (:until IS NULL OR at < :until)
    AND (:scope IS NULL OR EXISTS (
        SELECT 1
        FROM json_each(:scope) AS place
        WHERE place.value ->> 1 IS NULL OR place.value ->> 1 = hand_over.warehouse_id
    ))
ORDER BY id DESC
LIMIT :limit
