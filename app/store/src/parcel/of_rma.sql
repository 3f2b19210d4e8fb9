SELECT
    parcel.id, parcel.warehouse_id, parcel.carrier_id, parcel.waybill, parcel.direction, parcel.state,
    parcel.announced_at, parcel.signed_at, parcel.signed_by, parcel.opened_at, parcel.opened_by, parcel.owner_id,
    parcel.next_follow_up_at, parcel.weight_grams, parcel.note, parcel.reused, parcel.phone_tail, parcel.damaged, parcel.parked_at,
    parcel.version
FROM parcel_rma
JOIN parcel ON parcel.id = parcel_rma.parcel_id
WHERE parcel_rma.rma_id = :rma_id
ORDER BY parcel.id
