INSERT INTO person (
    id,
    name,
    display_name,
    password_hash,
    lang,
    team_id,
    active,
    created_at,
    version
) VALUES (
    :id,
    :name,
    :display_name,
    :password_hash,
    :lang,
    :team_id,
    :active,
    :created_at,
    :version
)
