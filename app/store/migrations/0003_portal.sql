-- The customers' side: what they say of a settled case, what of their messages staff have dealt with, and where a shop
-- shows its portal.

CREATE TABLE rating (
    rma_id INTEGER PRIMARY KEY REFERENCES rma (id),
    score INTEGER NOT NULL CHECK (score BETWEEN 1 AND 5),
    comment TEXT NOT NULL DEFAULT '',
    rated_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL CHECK (changed_at >= rated_at)
) STRICT;
CREATE INDEX rating_by_time ON rating (rated_at);

-- A customer's message that staff have answered or marked as read.
ALTER TABLE note ADD COLUMN handled_at INTEGER;
CREATE INDEX note_unhandled ON note (rma_id) WHERE author = 'customer' AND handled_at IS NULL;

-- url: where customers open the portal, without a path. embed_origins: pages that may frame it, one a line.
CREATE TABLE shop_portal (
    shop_id INTEGER PRIMARY KEY REFERENCES shop (id),
    url TEXT NOT NULL DEFAULT '',
    embed_origins TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL DEFAULT 1
) STRICT;

-- What customers said before this was kept count as dealt with.
UPDATE note SET handled_at = at WHERE author = 'customer';
