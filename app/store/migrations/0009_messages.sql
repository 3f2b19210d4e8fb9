-- Messages: the channels they leave by, what each row waits for, what was caught instead of being sent.

-- A means of sending as it is set up. `settings` is an object; `secret` is sealed with a key that stands beside the
-- database and in no backup.
CREATE TABLE channel (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('email', 'sms', 'webhook', 'dingtalk', 'wecom', 'feishu')),
    name TEXT NOT NULL UNIQUE,
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    settings TEXT NOT NULL,
    secret BLOB,
    -- The other end asked for rest, or refuses the account: nothing leaves before this.
    rests_until INTEGER NOT NULL DEFAULT 0,
    last_ok_at INTEGER,
    last_failed_at INTEGER,
    last_code TEXT NOT NULL DEFAULT '',
    last_detail TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
) STRICT;

-- What left within the last minute: limits are kept to the second, over restarts too.
CREATE TABLE channel_send (
    channel_id INTEGER NOT NULL REFERENCES channel (id),
    at INTEGER NOT NULL,
    outbox_id INTEGER NOT NULL REFERENCES outbox (id),
    PRIMARY KEY (channel_id, at, outbox_id)
) STRICT, WITHOUT ROWID;

-- The channel it left by, or must leave by when it is a trial.
ALTER TABLE outbox ADD COLUMN channel_id INTEGER REFERENCES channel (id);
ALTER TABLE outbox ADD COLUMN audience TEXT NOT NULL DEFAULT 'customer' CHECK (audience IN ('customer', 'staff', 'system', 'trial'));
ALTER TABLE outbox ADD COLUMN shop_id INTEGER NOT NULL DEFAULT 0;
-- The role it speaks to: a robot's group and the to-do that its link opens follow from it.
ALTER TABLE outbox ADD COLUMN role TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN urgent INTEGER NOT NULL DEFAULT 0 CHECK (urgent IN (0, 1));
-- What it waits for beside its time.
ALTER TABLE outbox ADD COLUMN held TEXT NOT NULL DEFAULT '' CHECK (held IN ('', 'quiet', 'rate', 'rest'));
CREATE INDEX outbox_by_state ON outbox (state, id);

-- Why, as a stable word that is explained on screen.
ALTER TABLE effect ADD COLUMN code TEXT NOT NULL DEFAULT '';

-- What would have gone out where nothing may leave.
CREATE TABLE caught_message (
    id INTEGER PRIMARY KEY,
    outbox_id INTEGER NOT NULL REFERENCES outbox (id),
    channel TEXT NOT NULL,
    receiver TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    raw TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

-- How staff are reached outside the desk.
ALTER TABLE person ADD COLUMN email TEXT NOT NULL DEFAULT '';
ALTER TABLE person ADD COLUMN phone TEXT NOT NULL DEFAULT '';

-- The role a message to a person was for: what it opens is that role's newest to-do on the case.
ALTER TABLE notice ADD COLUMN role TEXT NOT NULL DEFAULT '';
