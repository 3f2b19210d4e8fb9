INSERT INTO waybill_change (
    id, parcel_id, at, changed_by, old_waybill, new_waybill, old_carrier_id, new_carrier_id, reason
) VALUES (
    :id, :parcel_id, :at, :changed_by, :old_waybill, :new_waybill, :old_carrier_id, :new_carrier_id, :reason
)
