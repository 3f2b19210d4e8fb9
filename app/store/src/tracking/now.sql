INSERT INTO tracking_now (parcel_id, state, at, event_id)
VALUES (:parcel_id, :state, :at, :id)
ON CONFLICT (parcel_id) DO UPDATE SET
    state = excluded.state,
    at = excluded.at,
    event_id = excluded.event_id
WHERE excluded.at >= tracking_now.at
