SELECT coalesce(sum(size_bytes), 0)
FROM upload
WHERE owner = :owner
    AND NOT EXISTS (SELECT 1 FROM attachment_link WHERE attachment_link.attachment_id = upload.attachment_id)
