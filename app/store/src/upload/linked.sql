SELECT count(*) AS files, coalesce(sum(size_bytes), 0) AS bytes
FROM attachment
WHERE id IN (SELECT attachment_id FROM attachment_link WHERE rma_id = :rma_id)
    AND (uploaded_by = 'customer') = :customers
