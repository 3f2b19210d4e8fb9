-- The station: enrolled browsers, badges and PINs, shifts, hand-over sheets, parked parcels with photos.

-- A browser proves that it is the station by a cookie; only its hash is stored. None: revoked.
ALTER TABLE device ADD COLUMN token_hash BLOB;
-- Gun and screen, an object; the settings page knows what stands in it.
ALTER TABLE device ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';
ALTER TABLE device ADD COLUMN enrolled_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE device ADD COLUMN enrolled_by INTEGER REFERENCES person (id);
ALTER TABLE device ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
CREATE UNIQUE INDEX device_by_token ON device (token_hash) WHERE token_hash IS NOT NULL;

-- A badge is a random code that is stored as a hash; a PIN is hashed with a salt. Either may be missing.
CREATE TABLE badge (
    person_id INTEGER NOT NULL PRIMARY KEY REFERENCES person (id),
    code_hash BLOB UNIQUE,
    issued_at INTEGER,
    issued_by INTEGER REFERENCES person (id),
    pin_hash TEXT,
    pin_set_at INTEGER
) STRICT;

-- Tries of badge and PIN within a window, by the hash of the badge scanned, known or not, and by station.
CREATE TABLE pin_try (
    key BLOB NOT NULL PRIMARY KEY,
    tries INTEGER NOT NULL,
    since INTEGER NOT NULL,
    blocked_until INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX pin_try_by_age ON pin_try (since);

-- An operator's stay at a station.
CREATE TABLE shift (
    id INTEGER PRIMARY KEY,
    device_id INTEGER NOT NULL REFERENCES device (id),
    warehouse_id INTEGER NOT NULL REFERENCES warehouse (id),
    person_id INTEGER NOT NULL REFERENCES person (id),
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    CONSTRAINT shift_ends_after_start CHECK (ended_at IS NULL OR ended_at >= started_at)
) STRICT;
-- One operator at a station.
CREATE UNIQUE INDEX shift_one_open ON shift (device_id) WHERE ended_at IS NULL;
CREATE INDEX shift_by_device ON shift (device_id, id);

-- An operator's session is bound to its station.
ALTER TABLE session ADD COLUMN device_id INTEGER REFERENCES device (id);
ALTER TABLE session ADD COLUMN shift_id INTEGER REFERENCES shift (id);
CREATE INDEX session_by_device ON session (device_id) WHERE device_id IS NOT NULL;

-- What was done in a shift: one row a parcel signed or opened, a count, an inspection, a disposition, a conflict.
CREATE TABLE shift_work (
    shift_id INTEGER NOT NULL REFERENCES shift (id),
    kind TEXT NOT NULL,
    subject_id INTEGER NOT NULL,
    quantity INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (shift_id, kind, subject_id)
) STRICT, WITHOUT ROWID;

-- 交接班. `sheet` is what was printed, JSON: it tells what was known then, whatever happens later.
CREATE TABLE hand_over (
    id INTEGER PRIMARY KEY,
    device_id INTEGER NOT NULL REFERENCES device (id),
    warehouse_id INTEGER NOT NULL REFERENCES warehouse (id),
    from_id INTEGER NOT NULL REFERENCES person (id),
    to_id INTEGER NOT NULL REFERENCES person (id),
    shift_id INTEGER NOT NULL REFERENCES shift (id),
    at INTEGER NOT NULL,
    sheet TEXT NOT NULL
) STRICT;
CREATE INDEX hand_over_by_device ON hand_over (device_id, id);
CREATE INDEX hand_over_by_warehouse ON hand_over (warehouse_id, id);

-- In which shift a scan was made, who sent it when that was somebody else, and what is doubtful about either.
ALTER TABLE scan ADD COLUMN shift_id INTEGER REFERENCES shift (id);
ALTER TABLE scan ADD COLUMN sent_by INTEGER REFERENCES person (id);
ALTER TABLE scan ADD COLUMN doubt TEXT NOT NULL DEFAULT '';

-- What is seen of a parcel that nobody can place yet.
ALTER TABLE parcel ADD COLUMN phone_tail TEXT NOT NULL DEFAULT '';
ALTER TABLE parcel ADD COLUMN damaged INTEGER NOT NULL DEFAULT 0 CHECK (damaged IN (0, 1));
ALTER TABLE parcel ADD COLUMN parked_at INTEGER;
ALTER TABLE parcel ADD COLUMN parked_by INTEGER REFERENCES person (id);
CREATE INDEX parcel_parked ON parcel (warehouse_id, id) WHERE parked_at IS NOT NULL;

-- Photos of a parcel: it may have no case yet, and keeps them when it gets one.
CREATE TABLE parcel_attachment (
    parcel_id INTEGER NOT NULL REFERENCES parcel (id),
    attachment_id INTEGER NOT NULL REFERENCES attachment (id),
    PRIMARY KEY (parcel_id, attachment_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX parcel_attachment_by_attachment ON parcel_attachment (attachment_id);
