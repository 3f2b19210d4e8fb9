SELECT id, name, warehouse_id, active, settings, enrolled_at, enrolled_by, version
FROM device
ORDER BY active DESC, name, id
LIMIT :limit
