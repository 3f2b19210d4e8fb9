-- Backups that were written or failed, by schedule or by hand. The files lie outside; these rows say what became of each.
CREATE TABLE backup_run (
    id INTEGER PRIMARY KEY,
    started_at INTEGER NOT NULL,
    finished_at INTEGER NOT NULL,
    scheduled INTEGER NOT NULL CHECK (scheduled IN (0, 1)),
    file TEXT NOT NULL,
    bytes INTEGER NOT NULL DEFAULT 0 CHECK (bytes >= 0),
    files INTEGER NOT NULL DEFAULT 0 CHECK (files >= 0),
    -- The last event that is in it.
    last_event_id INTEGER NOT NULL DEFAULT 0,
    -- Empty when it succeeded.
    error TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX backup_run_done ON backup_run (id) WHERE error = '';
