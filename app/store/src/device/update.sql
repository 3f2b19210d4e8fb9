UPDATE device
SET name = :name, warehouse_id = :warehouse_id, settings = :settings, version = version + 1
WHERE id = :id AND version = :version
