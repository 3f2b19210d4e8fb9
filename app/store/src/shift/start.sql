INSERT INTO shift (id, device_id, warehouse_id, person_id, started_at)
VALUES (:id, :device_id, :warehouse_id, :person_id, :started_at)
