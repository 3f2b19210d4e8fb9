SELECT id, device_id, warehouse_id, from_id, to_id, shift_id, at, sheet
FROM hand_over
WHERE id = :id
