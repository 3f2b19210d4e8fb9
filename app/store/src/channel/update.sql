UPDATE channel
SET
    name = :name,
    active = :active,
    settings = :settings,
    secret = coalesce(:secret, secret),
    rests_until = 0,
    version = version + 1
WHERE id = :id AND version = :version
