SELECT
    tracking_now.parcel_id, parcel.waybill, parcel.carrier_id, parcel.warehouse_id, tracking_now.at,
    trim(tracking_event.place || ' ' || tracking_event.text) AS text
FROM tracking_now
JOIN parcel ON parcel.id = tracking_now.parcel_id
JOIN tracking_event ON tracking_event.id = tracking_now.event_id
WHERE tracking_now.state = 'signed'
    AND parcel.signed_at IS NULL
    AND tracking_now.at < :before
    AND (tracking_now.at, tracking_now.parcel_id) > (:after_at, :after_id)
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
ORDER BY tracking_now.at, tracking_now.parcel_id
LIMIT :limit
