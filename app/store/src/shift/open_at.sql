SELECT id, device_id, warehouse_id, person_id, started_at, ended_at
FROM shift
WHERE device_id = :device_id AND ended_at IS NULL
