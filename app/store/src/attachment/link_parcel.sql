INSERT INTO parcel_attachment (parcel_id, attachment_id)
SELECT :parcel_id, id
FROM attachment
WHERE id = :attachment_id AND uploaded_by = :uploaded_by
ON CONFLICT DO NOTHING
