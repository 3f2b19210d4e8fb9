-- Files that arrive in pieces, what carriers say of parcels, and who corrected a waybill.

-- A file on its way. The length of the part file says how much has arrived; this row says whose it is and how long it
-- may take.
CREATE TABLE upload (
    id INTEGER PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    -- `person:<id>`, `token:<id>`, `order:<id>` or `case:<id>`: who may go on with it and link it.
    owner TEXT NOT NULL,
    -- The case it is meant for, when known.
    rma_id INTEGER REFERENCES rma (id),
    name TEXT NOT NULL DEFAULT '',
    size_bytes INTEGER NOT NULL CHECK (size_bytes > 0),
    attachment_id INTEGER REFERENCES attachment (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX upload_by_owner ON upload (owner);
CREATE INDEX upload_by_rma ON upload (rma_id) WHERE rma_id IS NOT NULL;
CREATE INDEX upload_by_attachment ON upload (attachment_id) WHERE attachment_id IS NOT NULL;
CREATE INDEX upload_by_expiry ON upload (expires_at);

-- What a carrier, or a person who looked, says of a parcel. Told twice it stands once.
CREATE TABLE tracking_event (
    id INTEGER PRIMARY KEY,
    parcel_id INTEGER NOT NULL REFERENCES parcel (id),
    -- The number it was said of: a corrected one leaves what was said of the wrong one behind.
    waybill TEXT NOT NULL,
    at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('on_the_way', 'trouble', 'delivering', 'signed', 'sent_back', 'refused')),
    place TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT '',
    -- `person:<id>` or `token:<id>`.
    source TEXT NOT NULL,
    -- The source's own key, or a hash of what it said.
    source_key TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    UNIQUE (parcel_id, waybill, source_key)
) STRICT;
CREATE INDEX tracking_event_by_time ON tracking_event (parcel_id, at, id);

-- The latest of them: one row a parcel, kept with each insert.
CREATE TABLE tracking_now (
    parcel_id INTEGER PRIMARY KEY REFERENCES parcel (id),
    state TEXT NOT NULL,
    at INTEGER NOT NULL,
    event_id INTEGER NOT NULL REFERENCES tracking_event (id)
) STRICT;
CREATE INDEX tracking_now_signed ON tracking_now (at, parcel_id) WHERE state = 'signed';

-- Every correction of a waybill or its carrier.
CREATE TABLE waybill_change (
    id INTEGER PRIMARY KEY,
    parcel_id INTEGER NOT NULL REFERENCES parcel (id),
    at INTEGER NOT NULL,
    changed_by TEXT NOT NULL,
    old_waybill TEXT NOT NULL,
    new_waybill TEXT NOT NULL,
    old_carrier_id INTEGER REFERENCES carrier (id),
    new_carrier_id INTEGER REFERENCES carrier (id),
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX waybill_change_by_parcel ON waybill_change (parcel_id);

-- How the last digit of a waybill follows from the others, where the carrier publishes it.
ALTER TABLE carrier ADD COLUMN check_digit TEXT NOT NULL DEFAULT 'none'
CHECK (check_digit IN ('none', 's10', 'ups', 'fedex', 'dhl'));
