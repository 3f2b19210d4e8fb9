UPDATE device
SET token_hash = :token_hash, active = 1, enrolled_at = :at, enrolled_by = :by, version = version + 1
WHERE id = :id
