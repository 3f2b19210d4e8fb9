-- Clocks: when somebody is warned before a deadline, waiting for the customer as intervals, deadlines of parcels and
-- settlements, and which means are past their line.

ALTER TABLE task ADD COLUMN warn_at INTEGER;
ALTER TABLE task ADD COLUMN warned_at INTEGER;

-- Of the open task with the earliest deadline, so that lists can show it coming.
ALTER TABLE rma ADD COLUMN warn_at INTEGER;

-- A timer without a task is about something else: `parcel` or `settlement` and its id.
ALTER TABLE timer ADD COLUMN subject TEXT NOT NULL DEFAULT '';
ALTER TABLE timer ADD COLUMN subject_id INTEGER NOT NULL DEFAULT 0;

CREATE UNIQUE INDEX timer_of_subject ON timer (subject, subject_id, kind) WHERE subject <> '';

-- A step whose clock stands still while the customer is asked; `until_at` when it went on. What the clock showed when
-- it stopped is kept, so that it goes on with what was left.
CREATE TABLE clock_pause (
    id INTEGER PRIMARY KEY,
    rma_id INTEGER NOT NULL REFERENCES rma (id),
    node TEXT NOT NULL,
    from_at INTEGER NOT NULL,
    until_at INTEGER CHECK (until_at >= from_at),
    due_at INTEGER NOT NULL,
    warn_at INTEGER,
    warned_at INTEGER,
    breached_at INTEGER
) STRICT;

CREATE UNIQUE INDEX clock_pause_open ON clock_pause (rma_id, node) WHERE until_at IS NULL;

-- A mean that is past its line: one row from the crossing until it falls again.
CREATE TABLE mean_warning (
    line TEXT NOT NULL PRIMARY KEY,
    since INTEGER NOT NULL,
    mean_ms INTEGER NOT NULL,
    counted INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
