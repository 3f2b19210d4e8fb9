UPDATE parcel
SET
    state = 'signed',
    signed_at = :at,
    signed_by = :by,
    warehouse_id = :warehouse_id,
    carrier_id = coalesce(:carrier_id, carrier_id),
    version = version + 1
WHERE id = :id AND signed_at IS NULL
