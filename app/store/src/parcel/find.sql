SELECT
    id, warehouse_id, carrier_id, waybill, direction, state, announced_at, signed_at, signed_by, opened_at, opened_by,
    owner_id, next_follow_up_at, weight_grams, note, reused, phone_tail, damaged, parked_at, version
FROM parcel
WHERE id = :id
