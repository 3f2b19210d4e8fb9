INSERT INTO import_run (
    id,
    target,
    file_name,
    file_hash,
    mapping,
    dry,
    state,
    bytes_total,
    started_by,
    started_at
) VALUES (
    :id,
    :target,
    :file_name,
    :file_hash,
    :mapping,
    :dry,
    :state,
    :bytes_total,
    :started_by,
    :started_at
)
