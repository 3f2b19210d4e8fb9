SELECT
    id, warehouse_id, carrier_id, waybill, direction, state, announced_at, signed_at, signed_by, opened_at, opened_by,
    owner_id, next_follow_up_at, weight_grams, note, reused, phone_tail, damaged, parked_at, version
FROM parcel
WHERE (:state IS NULL OR +state = :state)
    AND id < :before
    AND (:warehouse_id IS NULL OR warehouse_id = :warehouse_id)
    AND (:parked = 0 OR parked_at IS NOT NULL)
    AND (:without_case = 0 OR NOT EXISTS (SELECT 1 FROM parcel_rma WHERE parcel_rma.parcel_id = parcel.id))
    AND (:scope IS NULL OR EXISTS (
        SELECT 1
        FROM json_each(:scope) AS place
        WHERE (place.value ->> 1 IS NULL OR parcel.warehouse_id IS NULL OR place.value ->> 1 = parcel.warehouse_id)
            AND (
                place.value ->> 0 IS NULL
                OR NOT EXISTS (SELECT 1 FROM parcel_rma WHERE parcel_rma.parcel_id = parcel.id)
                OR EXISTS (
                    SELECT 1
                    FROM parcel_rma
                    JOIN rma ON rma.id = parcel_rma.rma_id
                    WHERE parcel_rma.parcel_id = parcel.id AND rma.shop_id = place.value ->> 0
                )
            )
    ))
ORDER BY id DESC
LIMIT :limit
