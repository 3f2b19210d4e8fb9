-- What a channel says it paid: statements with their lines, each line matched with one payout at most.
CREATE TABLE statement (
    id INTEGER PRIMARY KEY,
    shop_id INTEGER NOT NULL REFERENCES shop (id),
    layout TEXT NOT NULL CHECK (layout IN ('alipay', 'wechat', 'generic')),
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    currency TEXT NOT NULL,
    from_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    out_count INTEGER NOT NULL,
    out_minor INTEGER NOT NULL,
    in_count INTEGER NOT NULL,
    in_minor INTEGER NOT NULL,
    known_count INTEGER NOT NULL,
    imported_by INTEGER REFERENCES person (id),
    imported_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX statement_file ON statement (shop_id, file_hash);

CREATE TABLE statement_line (
    id INTEGER PRIMARY KEY,
    statement_id INTEGER NOT NULL REFERENCES statement (id),
    shop_id INTEGER NOT NULL REFERENCES shop (id),
    line INTEGER NOT NULL,
    line_key TEXT NOT NULL,
    at INTEGER NOT NULL,
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    currency TEXT NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('out', 'in')),
    is_final INTEGER NOT NULL CHECK (is_final IN (0, 1)),
    channel_reference TEXT NOT NULL,
    our_reference TEXT NOT NULL,
    text TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('matched', 'suggested', 'open', 'different', 'other')),
    why TEXT NOT NULL DEFAULT '' CHECK (why IN ('', 'reference', 'person', 'amount', 'twice', 'not_paid', 'not_final', 'parted')),
    payout_id INTEGER REFERENCES payout (id),
    matched_by INTEGER REFERENCES person (id),
    matched_at INTEGER,
    note TEXT NOT NULL DEFAULT '',
    CONSTRAINT statement_line_has_payout CHECK (state NOT IN ('matched', 'suggested') OR payout_id IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX statement_line_once ON statement_line (shop_id, line_key);
CREATE UNIQUE INDEX statement_line_one_payout ON statement_line (payout_id) WHERE state = 'matched';
CREATE INDEX statement_line_by_statement ON statement_line (statement_id, state, id);
CREATE INDEX payout_by_gateway_id ON payout (gateway_id) WHERE gateway_id IS NOT NULL;
CREATE INDEX payout_by_proof ON payout (proof) WHERE proof <> '';
CREATE INDEX payout_by_amount ON payout (amount_minor, currency);
