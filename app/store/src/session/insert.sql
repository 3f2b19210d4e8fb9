INSERT INTO session (
    id,
    person_id,
    token_hash,
    csrf_hash,
    opened_at,
    seen_at,
    expires_at,
    address,
    agent,
    device_id,
    shift_id
) VALUES (
    :id,
    :person_id,
    :token_hash,
    :csrf_hash,
    :opened_at,
    :seen_at,
    :expires_at,
    :address,
    :agent,
    :device_id,
    :shift_id
)
