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
    shift_id
FROM session
WHERE id = :id
