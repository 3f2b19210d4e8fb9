INSERT INTO device (
    id, name, warehouse_id, active, settings, created_at, enrolled_at, enrolled_by, token_hash
) VALUES (
    :id, :name, :warehouse_id, :active, :settings, :enrolled_at, :enrolled_at, :enrolled_by, :token_hash
)
