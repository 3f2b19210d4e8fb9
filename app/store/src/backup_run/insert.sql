INSERT INTO backup_run (id, started_at, finished_at, scheduled, file, bytes, files, last_event_id, error)
VALUES (:id, :started_at, :finished_at, :scheduled, :file, :bytes, :files, :last_event_id, :error)
