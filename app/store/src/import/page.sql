SELECT
    id,
    target,
    file_name,
    file_hash,
    mapping,
    dry,
    state,
    bytes_total,
    bytes_done,
    rows_read,
    rows_new,
    rows_changed,
    rows_same,
    rows_bad,
    started_by,
    started_at,
    finished_at
FROM import_run
WHERE id < coalesce(:after, 9223372036854775807)
ORDER BY id DESC
LIMIT :limit
