SELECT id, name
FROM device
WHERE EXISTS (
    SELECT 1
    FROM hand_over
    WHERE hand_over.device_id = device.id
        AND (:scope IS NULL OR EXISTS (
            SELECT 1
            FROM json_each(:scope) AS place
            WHERE place.value ->> 1 IS NULL OR place.value ->> 1 = hand_over.warehouse_id
        ))
)
ORDER BY name
