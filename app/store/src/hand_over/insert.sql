INSERT INTO hand_over (id, device_id, warehouse_id, from_id, to_id, shift_id, at, sheet)
VALUES (:id, :device_id, :warehouse_id, :from_id, :to_id, :shift_id, :at, :sheet)
