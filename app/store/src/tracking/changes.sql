SELECT id, parcel_id, at, changed_by, old_waybill, new_waybill, old_carrier_id, new_carrier_id, reason
FROM waybill_change
WHERE parcel_id = :parcel_id
ORDER BY id
