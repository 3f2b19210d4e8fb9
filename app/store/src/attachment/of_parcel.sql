SELECT attachment.id, hash, size_bytes, media_type, name, uploaded_by, at
FROM parcel_attachment
JOIN attachment ON attachment.id = parcel_attachment.attachment_id
WHERE parcel_attachment.parcel_id = :parcel_id
ORDER BY attachment.id
