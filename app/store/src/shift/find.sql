SELECT id, device_id, warehouse_id, person_id, started_at, ended_at
FROM shift
WHERE id = :id
