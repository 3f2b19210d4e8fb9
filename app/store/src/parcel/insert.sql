INSERT INTO parcel (
    id, warehouse_id, carrier_id, waybill, direction, state, announced_at, signed_at, signed_by, note, weight_grams, reused
) VALUES (
    :id, :warehouse_id, :carrier_id, :waybill, :direction, :state, :announced_at, :signed_at, :signed_by, :note,
    :weight_grams, :reused
)
