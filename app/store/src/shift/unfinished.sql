SELECT parcel.id, parcel.waybill, parcel.opened_at AS since, parcel.parked_at IS NOT NULL AS parked
FROM parcel
WHERE parcel.state = 'opened'
    AND parcel.warehouse_id = :warehouse_id
    AND parcel.id > :newer_than
    AND (
        EXISTS (
            SELECT 1
            FROM parcel_rma
            JOIN unit_group ON unit_group.rma_id = parcel_rma.rma_id AND unit_group.parcel_id = parcel.id
            WHERE parcel_rma.parcel_id = parcel.id
                AND unit_group.dispositioned_at IS NULL
                AND unit_group.reception <> 'missing'
        )
        OR NOT EXISTS (
            SELECT 1
            FROM parcel_rma
            JOIN unit_group ON unit_group.rma_id = parcel_rma.rma_id AND unit_group.parcel_id = parcel.id
            WHERE parcel_rma.parcel_id = parcel.id
        )
    )
ORDER BY parcel.opened_at, parcel.id
LIMIT :limit
