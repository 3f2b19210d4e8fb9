INSERT INTO tracking_event (id, parcel_id, waybill, at, state, place, text, source, source_key, received_at)
VALUES (:id, :parcel_id, :waybill, :at, :state, :place, :text, :source, :source_key, :received_at)
ON CONFLICT (parcel_id, waybill, source_key) DO NOTHING
