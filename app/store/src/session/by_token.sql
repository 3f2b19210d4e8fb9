SELECT
    id,
    person_id,
    opened_at,
    seen_at,
    expires_at,
    revoked_at,
    address,
    agent,
    device_id,
    shift_id,
    csrf_hash
FROM session
WHERE token_hash = :token_hash
