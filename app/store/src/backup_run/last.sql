SELECT id, started_at, finished_at, scheduled, file, bytes, files, last_event_id, error
FROM backup_run
ORDER BY id DESC
LIMIT 1
