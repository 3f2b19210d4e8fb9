INSERT INTO scan (
    id, client_key, device_id, operator_id, shift, warehouse_id, raw, quantity, scanned_at, received_at, result,
    parcel_id, rma_id, shift_id, sent_by, doubt
) VALUES (
    :id, :client_key, :device_id, :operator_id, :shift, :warehouse_id, :raw, :quantity, :scanned_at, :received_at, :result,
    :parcel_id, :rma_id, :shift_id, :sent_by, :doubt
)
