SELECT id, owner, rma_id, name, size_bytes, attachment_id, created_at, expires_at
FROM upload
WHERE token_hash = :token_hash AND expires_at > :now
