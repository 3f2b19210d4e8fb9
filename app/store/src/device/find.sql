SELECT id, name, warehouse_id, active, settings, enrolled_at, enrolled_by, version
FROM device
WHERE id = :id
