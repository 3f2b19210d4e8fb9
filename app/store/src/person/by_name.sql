SELECT
    id,
    name,
    display_name,
    lang,
    team_id,
    active,
    created_at,
    version
FROM person
WHERE name = :name
