INSERT INTO tracking_now (parcel_id, state, at, event_id)
SELECT tracking_event.parcel_id, tracking_event.state, tracking_event.at, tracking_event.id
FROM tracking_event
JOIN parcel ON parcel.id = tracking_event.parcel_id AND parcel.waybill = tracking_event.waybill
WHERE tracking_event.parcel_id = :parcel_id
ORDER BY tracking_event.at DESC, tracking_event.id DESC
LIMIT 1
