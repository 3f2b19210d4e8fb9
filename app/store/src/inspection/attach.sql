-- A1: only a file of one's own, or one that is on this case already.
INSERT INTO attachment_link (attachment_id, rma_id, purpose, subject_id)
SELECT attachment.id, :rma_id, 'inspection', :inspection_id
FROM attachment
WHERE attachment.id = :attachment_id
    AND (
        attachment.uploaded_by = :uploaded_by
        OR EXISTS (
            SELECT 1 FROM attachment_link AS known
            WHERE known.rma_id = :rma_id AND known.attachment_id = attachment.id
        )
    )
