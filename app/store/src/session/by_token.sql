SELECT
    id,
    person_id,
    opened_at,
    seen_at,
    expires_at,
    revoked_at,
    address,
    agent,
    csrf_hash
FROM session
WHERE token_hash = :token_hash
