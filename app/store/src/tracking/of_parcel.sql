SELECT
    tracking_event.id, tracking_event.parcel_id, tracking_event.waybill, tracking_event.at, tracking_event.state,
    tracking_event.place, tracking_event.text, tracking_event.source, tracking_event.source_key,
    tracking_event.received_at
FROM tracking_event
JOIN parcel ON parcel.id = tracking_event.parcel_id AND parcel.waybill = tracking_event.waybill
WHERE tracking_event.parcel_id = :parcel_id
ORDER BY tracking_event.at, tracking_event.id
