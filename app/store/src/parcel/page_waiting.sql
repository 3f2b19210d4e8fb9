SELECT
    id, warehouse_id, carrier_id, waybill, direction, state, announced_at, signed_at, signed_by, opened_at, opened_by,
    owner_id, next_follow_up_at, weight_grams, note, reused, version
FROM parcel
WHERE state = :state
    AND id < :before
    AND (:warehouses IS NULL OR warehouse_id IS NULL OR warehouse_id IN (SELECT value FROM json_each(:warehouses)))
    AND (:without_case = 0 OR NOT EXISTS (SELECT 1 FROM parcel_rma WHERE parcel_rma.parcel_id = parcel.id))
ORDER BY id DESC
LIMIT :limit
