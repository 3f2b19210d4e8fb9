INSERT INTO upload (id, token_hash, owner, rma_id, name, size_bytes, attachment_id, created_at, expires_at)
VALUES (:id, :token_hash, :owner, :rma_id, :name, :size_bytes, :attachment_id, :created_at, :expires_at)
