UPDATE person SET
    display_name = :display_name,
    lang = :lang,
    team_id = :team_id,
    active = :active,
    version = version + 1
WHERE id = :id AND version = :version
