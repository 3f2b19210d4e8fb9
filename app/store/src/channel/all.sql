SELECT
    id, kind, name, active, settings, secret, rests_until, last_ok_at, last_failed_at, last_code, last_detail, created_at,
    version
FROM channel
ORDER BY id
