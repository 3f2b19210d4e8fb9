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
WHERE person_id = :person_id AND revoked_at IS NULL AND expires_at > :now AND seen_at > :seen_after
ORDER BY id DESC
LIMIT :limit
