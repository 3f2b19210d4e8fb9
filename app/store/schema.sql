-- What the migrations add up to. Generated; see app/store/src/tests/schema.rs.

CREATE TABLE api_token (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    token_hash BLOB NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    expires_at INTEGER,
    revoked_at INTEGER
) STRICT;

CREATE TABLE api_token_role (
    token_id INTEGER NOT NULL REFERENCES api_token (id),
    role TEXT NOT NULL,
    shop_id INTEGER NOT NULL DEFAULT 0,
    warehouse_id INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (token_id, role, shop_id, warehouse_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE attachment (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL,
    size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0),
    media_type TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    uploaded_by TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX attachment_by_hash ON attachment (hash);

CREATE TABLE attachment_link (
    attachment_id INTEGER NOT NULL REFERENCES attachment (id),
    rma_id INTEGER NOT NULL REFERENCES rma (id),
    purpose TEXT NOT NULL,
    subject_id INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (rma_id, attachment_id, purpose, subject_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX attachment_link_by_attachment ON attachment_link (attachment_id);

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

CREATE TABLE badge (
    person_id INTEGER NOT NULL PRIMARY KEY REFERENCES person (id),
    code_hash BLOB UNIQUE,
    issued_at INTEGER,
    issued_by INTEGER REFERENCES person (id),
    pin_hash TEXT,
    pin_set_at INTEGER
) STRICT;

CREATE TABLE block_key (
    kind TEXT NOT NULL CHECK (kind IN ('phone', 'address', 'nickname')),
    value TEXT NOT NULL,
    tag TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    PRIMARY KEY (kind, value, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE calendar (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    zone TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE calendar_day (
    calendar_id INTEGER NOT NULL REFERENCES calendar (id),
    local_date TEXT NOT NULL,
    frames_like INTEGER NOT NULL CHECK (frames_like BETWEEN 0 AND 7),
    name_zh TEXT NOT NULL DEFAULT '',
    name_en TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (calendar_id, local_date)
) STRICT, WITHOUT ROWID;

CREATE TABLE calendar_frame (
    calendar_id INTEGER NOT NULL REFERENCES calendar (id),
    weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    from_minute INTEGER NOT NULL CHECK (from_minute BETWEEN 0 AND 1439),
    to_minute INTEGER NOT NULL CHECK (to_minute BETWEEN 1 AND 1440),
    PRIMARY KEY (calendar_id, weekday, from_minute),
    CHECK (from_minute < to_minute)
) STRICT, WITHOUT ROWID;

CREATE TABLE canned_answer (
    id INTEGER PRIMARY KEY,
    -- What is typed to find it; also what a template knows it by.
    code TEXT NOT NULL UNIQUE,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    text_zh TEXT NOT NULL,
    text_en TEXT NOT NULL,
    for_answer INTEGER NOT NULL CHECK (for_answer IN (0, 1)),
    for_refusal INTEGER NOT NULL CHECK (for_refusal IN (0, 1)),
    for_question INTEGER NOT NULL CHECK (for_question IN (0, 1)),
    -- Only for cases of this shop; for all when there is none.
    shop_id INTEGER REFERENCES shop (id),
    position INTEGER NOT NULL DEFAULT 0,
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT canned_answer_has_use CHECK (for_answer + for_refusal + for_question > 0)
) STRICT;

CREATE TABLE carrier (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    tracking_pattern TEXT NOT NULL DEFAULT '',
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1
, check_digit TEXT NOT NULL DEFAULT 'none'
CHECK (check_digit IN ('none', 's10', 'ups', 'fedex', 'dhl'))) STRICT;

CREATE TABLE case_copy (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id),
    rma_id INTEGER NOT NULL REFERENCES rma (id),
    node TEXT NOT NULL,
    round INTEGER NOT NULL,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    at INTEGER NOT NULL,
    read_at INTEGER,
    taken_back_at INTEGER
) STRICT;

CREATE INDEX case_copy_by_person ON case_copy (person_id, id) WHERE taken_back_at IS NULL;

CREATE UNIQUE INDEX case_copy_once ON case_copy (rma_id, node, round, person_id);

CREATE INDEX case_copy_unread ON case_copy (person_id) WHERE read_at IS NULL AND taken_back_at IS NULL;

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

CREATE TABLE channel_send (
    channel_id INTEGER NOT NULL REFERENCES channel (id),
    at INTEGER NOT NULL,
    outbox_id INTEGER NOT NULL REFERENCES outbox (id),
    PRIMARY KEY (channel_id, at, outbox_id)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE contact (
    id INTEGER PRIMARY KEY,
    name TEXT,
    phone TEXT,
    phone_tail TEXT,
    email TEXT,
    address TEXT,
    nickname TEXT,
    erased_at INTEGER
) STRICT;

CREATE TABLE contact_key (
    key TEXT NOT NULL,
    kind INTEGER NOT NULL,
    contact_id INTEGER NOT NULL REFERENCES contact (id),
    PRIMARY KEY (key, kind, contact_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE current_release (
    only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
    release_id INTEGER NOT NULL REFERENCES release (id)
) STRICT;

CREATE TABLE customer (
    id INTEGER PRIMARY KEY,
    customer_no TEXT NOT NULL UNIQUE,
    contact_id INTEGER REFERENCES contact (id),
    version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE INDEX customer_by_contact ON customer (contact_id);

CREATE TABLE customer_tag (
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    tag TEXT NOT NULL REFERENCES tag (code),
    PRIMARY KEY (customer_id, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE decision (
    id INTEGER PRIMARY KEY,
    rma_id INTEGER NOT NULL REFERENCES rma (id),
    node TEXT NOT NULL,
    round INTEGER NOT NULL,
    person_id INTEGER NOT NULL DEFAULT 0,
    decision TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    at INTEGER NOT NULL,
    -- The flow ends a round of core work by `core_done`, and opens the next by `core_again` when the work comes back.
    reopens INTEGER NOT NULL GENERATED ALWAYS AS (decision = 'core_again') VIRTUAL
, undone_at INTEGER) STRICT;

CREATE UNIQUE INDEX decision_once ON decision (rma_id, node, round, person_id, reopens) WHERE undone_at IS NULL;

CREATE TABLE device (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    warehouse_id INTEGER REFERENCES warehouse (id),
    created_at INTEGER NOT NULL,
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
, token_hash BLOB, settings TEXT NOT NULL DEFAULT '{}', enrolled_at INTEGER NOT NULL DEFAULT 0, enrolled_by INTEGER REFERENCES person (id), version INTEGER NOT NULL DEFAULT 1) STRICT;

CREATE UNIQUE INDEX device_by_token ON device (token_hash) WHERE token_hash IS NOT NULL;

CREATE TABLE disposition (
    id INTEGER PRIMARY KEY,
    unit_group_id INTEGER NOT NULL REFERENCES unit_group (id),
    rma_id INTEGER NOT NULL REFERENCES rma (id),
    kind TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    person_id INTEGER NOT NULL REFERENCES person (id),
    corrects_id INTEGER UNIQUE REFERENCES disposition (id),
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX disposition_by_group ON disposition (unit_group_id);

CREATE UNIQUE INDEX disposition_once ON disposition (unit_group_id) WHERE corrects_id IS NULL;

CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    hash TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (kind, key, hash)
) STRICT;

CREATE TABLE effect (
    id INTEGER PRIMARY KEY,
    outbox_id INTEGER REFERENCES outbox (id),
    payout_id INTEGER REFERENCES payout (id),
    attempt INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('ok', 'failed', 'unknown')),
    detail TEXT NOT NULL DEFAULT '',
    started_at INTEGER NOT NULL,
    finished_at INTEGER NOT NULL
, code TEXT NOT NULL DEFAULT '') STRICT;

CREATE INDEX effect_by_outbox ON effect (outbox_id) WHERE outbox_id IS NOT NULL;

CREATE INDEX effect_by_payout ON effect (payout_id) WHERE payout_id IS NOT NULL;

CREATE TABLE entity (
    id TEXT NOT NULL PRIMARY KEY,
    table_name TEXT NOT NULL UNIQUE,
    storage TEXT NOT NULL CHECK (storage IN ('extension', 'own')),
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE entity_column (
    entity_id TEXT NOT NULL REFERENCES entity (id),
    field_id TEXT NOT NULL,
    column_name TEXT NOT NULL,
    type TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (entity_id, field_id, type)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    rma_id INTEGER,
    subject TEXT NOT NULL DEFAULT '',
    subject_id INTEGER NOT NULL DEFAULT 0,
    shop_id INTEGER NOT NULL DEFAULT 0,
    warehouse_id INTEGER NOT NULL DEFAULT 0,
    actor_kind TEXT NOT NULL CHECK (actor_kind IN ('person', 'token', 'customer', 'rule', 'system')),
    actor_id INTEGER NOT NULL DEFAULT 0,
    root_id INTEGER NOT NULL,
    parent_id INTEGER,
    depth INTEGER NOT NULL DEFAULT 0,
    rule TEXT NOT NULL DEFAULT '',
    payload_hash BLOB NOT NULL,
    previous_hash BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;

CREATE INDEX event_by_rma ON event (rma_id, id) WHERE rma_id IS NOT NULL;

CREATE TRIGGER event_is_append_only BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'event_is_append_only'); END;

CREATE TRIGGER event_is_kept BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'event_is_kept'); END;

CREATE TABLE event_payload (
    event_id INTEGER PRIMARY KEY REFERENCES event (id),
    body TEXT NOT NULL
) STRICT;

CREATE TABLE exchange_rate (
    from_currency TEXT NOT NULL,
    to_currency TEXT NOT NULL,
    local_date TEXT NOT NULL,
    rate TEXT NOT NULL,
    PRIMARY KEY (from_currency, to_currency, local_date)
) STRICT, WITHOUT ROWID;

CREATE TABLE external_case (
    id INTEGER PRIMARY KEY,
    shop_id INTEGER NOT NULL REFERENCES shop (id),
    platform TEXT NOT NULL,
    number TEXT NOT NULL,
    rma_id INTEGER REFERENCES rma (id),
    order_number TEXT NOT NULL DEFAULT '',
    raw_status TEXT NOT NULL,
    mapped_status TEXT NOT NULL,
    kind TEXT NOT NULL DEFAULT '',
    amount_minor INTEGER,
    currency TEXT,
    due_at INTEGER,
    source_version INTEGER NOT NULL,
    conflict TEXT,
    seen_at INTEGER NOT NULL,
    UNIQUE (shop_id, number)
) STRICT;

CREATE INDEX external_case_by_rma ON external_case (rma_id) WHERE rma_id IS NOT NULL;

CREATE INDEX external_case_due ON external_case (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE firing (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES event (id),
    rule TEXT NOT NULL,
    release_id INTEGER NOT NULL,
    rma_id INTEGER,
    matched INTEGER NOT NULL CHECK (matched IN (0, 1)),
    trace TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX firing_by_rma ON firing (rma_id, id) WHERE rma_id IS NOT NULL;

CREATE TABLE grade (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    money_percent INTEGER NOT NULL CHECK (money_percent BETWEEN 0 AND 100),
    accepted INTEGER NOT NULL CHECK (accepted IN (0, 1)),
    disposition TEXT NOT NULL,
    position INTEGER NOT NULL DEFAULT 0,
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1
) STRICT;

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

CREATE TABLE idempotency (
    actor TEXT NOT NULL,
    key TEXT NOT NULL,
    verb TEXT NOT NULL,
    request_hash BLOB NOT NULL,
    answer TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (actor, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotency_by_age ON idempotency (at);

CREATE TABLE import_bad_row (
    import_id INTEGER NOT NULL REFERENCES import_run (id),
    row INTEGER NOT NULL,
    code TEXT NOT NULL,
    field TEXT NOT NULL,
    message_zh TEXT NOT NULL,
    message_en TEXT NOT NULL,
    raw TEXT NOT NULL,
    PRIMARY KEY (import_id, row, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_mapping (
    target TEXT NOT NULL,
    header_hash TEXT NOT NULL,
    mapping TEXT NOT NULL,
    used_at INTEGER NOT NULL,
    PRIMARY KEY (target, header_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_run (
    id INTEGER PRIMARY KEY,
    target TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    mapping TEXT NOT NULL,
    dry INTEGER NOT NULL CHECK (dry IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'stopped')),
    bytes_total INTEGER NOT NULL,
    bytes_done INTEGER NOT NULL DEFAULT 0,
    rows_read INTEGER NOT NULL DEFAULT 0,
    rows_new INTEGER NOT NULL DEFAULT 0,
    rows_changed INTEGER NOT NULL DEFAULT 0,
    rows_same INTEGER NOT NULL DEFAULT 0,
    rows_bad INTEGER NOT NULL DEFAULT 0,
    started_by INTEGER,
    started_at INTEGER NOT NULL,
    finished_at INTEGER
) STRICT;

CREATE TABLE inbox_filter (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id),
    name TEXT NOT NULL,
    filter TEXT NOT NULL,
    is_default INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1)),
    created_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX inbox_filter_name ON inbox_filter (person_id, name);

CREATE TABLE inspection (
    id INTEGER PRIMARY KEY,
    unit_group_id INTEGER NOT NULL REFERENCES unit_group (id),
    rma_id INTEGER NOT NULL REFERENCES rma (id),
    inspector_id INTEGER NOT NULL REFERENCES person (id),
    checklist TEXT NOT NULL DEFAULT '',
    answers TEXT NOT NULL DEFAULT '{}',
    grade_id INTEGER NOT NULL REFERENCES grade (id),
    accepted INTEGER NOT NULL CHECK (accepted IN (0, 1)),
    liability TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    seconds_spent INTEGER NOT NULL DEFAULT 0,
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX inspection_by_group ON inspection (unit_group_id);

CREATE TABLE instance (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE invoice_work (
    id INTEGER PRIMARY KEY,
    order_id INTEGER NOT NULL REFERENCES sales_order (id),
    rma_id INTEGER NOT NULL REFERENCES rma (id),
    invoice TEXT NOT NULL CHECK (invoice IN ('ordinary', 'special')),
    amount_minor INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done')),
    opened_at INTEGER NOT NULL,
    done_at INTEGER,
    done_by INTEGER REFERENCES person (id)
, number TEXT NOT NULL DEFAULT '') STRICT;

CREATE INDEX invoice_work_by_rma ON invoice_work (rma_id);

CREATE INDEX invoice_work_by_state ON invoice_work (state, id);

CREATE TABLE ledger_account (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('store_credit', 'receivable', 'refund_expense', 'cash_clearing', 'recovery')),
    customer_id INTEGER REFERENCES customer (id),
    bearer TEXT NOT NULL DEFAULT '',
    currency TEXT NOT NULL,
    balance_minor INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE UNIQUE INDEX ledger_account_once ON ledger_account (kind, coalesce(customer_id, 0), bearer, currency);

CREATE TABLE ledger_entry (
    id INTEGER PRIMARY KEY,
    posting_id INTEGER NOT NULL,
    account_id INTEGER NOT NULL REFERENCES ledger_account (id),
    amount_minor INTEGER NOT NULL CHECK (amount_minor <> 0),
    rma_id INTEGER REFERENCES rma (id),
    settlement_id INTEGER REFERENCES settlement (id),
    unit_group_id INTEGER REFERENCES unit_group (id),
    memo TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX ledger_entry_by_account ON ledger_entry (account_id, id);

CREATE INDEX ledger_entry_by_posting ON ledger_entry (posting_id);

CREATE INDEX ledger_entry_by_rma ON ledger_entry (rma_id) WHERE rma_id IS NOT NULL;

CREATE TABLE line_total (
    month TEXT NOT NULL,
    shop_id INTEGER NOT NULL,
    reason_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    currency TEXT NOT NULL,
    lines INTEGER NOT NULL,
    quantity INTEGER NOT NULL,
    refund_minor INTEGER NOT NULL,
    PRIMARY KEY (month, shop_id, reason_id, kind, currency)
) STRICT, WITHOUT ROWID;

CREATE TABLE mean_warning (
    line TEXT NOT NULL PRIMARY KEY,
    since INTEGER NOT NULL,
    mean_ms INTEGER NOT NULL,
    counted INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    rma_id INTEGER NOT NULL REFERENCES rma (id),
    audience TEXT NOT NULL CHECK (audience IN ('internal', 'customer')),
    author TEXT NOT NULL,
    body TEXT NOT NULL,
    at INTEGER NOT NULL,
    erased_at INTEGER
, handled_at INTEGER, taken_back_at INTEGER) STRICT;

CREATE INDEX note_by_rma ON note (rma_id, id);

CREATE INDEX note_unhandled ON note (rma_id) WHERE author = 'customer' AND handled_at IS NULL;

CREATE TABLE notice (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id),
    rma_id INTEGER,
    text_zh TEXT NOT NULL,
    text_en TEXT NOT NULL,
    at INTEGER NOT NULL,
    read_at INTEGER
, role TEXT NOT NULL DEFAULT '') STRICT;

CREATE INDEX notice_by_person ON notice (person_id, id);

CREATE TABLE number_counter (
    kind TEXT NOT NULL,
    shop_id INTEGER NOT NULL,
    local_date TEXT NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (kind, shop_id, local_date)
) STRICT, WITHOUT ROWID;

CREATE TABLE order_line (
    id INTEGER PRIMARY KEY,
    order_id INTEGER NOT NULL REFERENCES sales_order (id),
    line_no INTEGER NOT NULL,
    sku_id INTEGER NOT NULL REFERENCES sku (id),
    parent_id INTEGER REFERENCES order_line (id),
    is_gift INTEGER NOT NULL DEFAULT 0 CHECK (is_gift IN (0, 1)),
    ordered INTEGER NOT NULL CHECK (ordered > 0),
    cancelled INTEGER NOT NULL DEFAULT 0 CHECK (cancelled >= 0),
    shipped INTEGER NOT NULL DEFAULT 0 CHECK (shipped >= 0),
    redelivered INTEGER NOT NULL DEFAULT 0 CHECK (redelivered >= 0),
    unit_price_minor INTEGER NOT NULL,
    discount_minor INTEGER NOT NULL DEFAULT 0,
    -- What was really paid for this line: goods after discounts, tax, freight share. Imported data decide.
    paid_goods_minor INTEGER NOT NULL,
    paid_tax_minor INTEGER NOT NULL DEFAULT 0,
    paid_freight_minor INTEGER NOT NULL DEFAULT 0,
    claimed INTEGER NOT NULL DEFAULT 0 CHECK (claimed >= 0),
    claimed_goods INTEGER NOT NULL DEFAULT 0 CHECK (claimed_goods >= 0),
    claimed_unshipped INTEGER NOT NULL DEFAULT 0 CHECK (claimed_unshipped >= 0),
    claimed_imported INTEGER NOT NULL DEFAULT 0 CHECK (claimed_imported >= 0),
    -- Paid shares handed to live claims; what remains is shared by what remains, so that all claims sum to the paid amount.
    allocated_goods_minor INTEGER NOT NULL DEFAULT 0,
    allocated_tax_minor INTEGER NOT NULL DEFAULT 0,
    redelivered_goods_minor INTEGER NOT NULL DEFAULT 0,
    redelivered_tax_minor INTEGER NOT NULL DEFAULT 0,
    UNIQUE (order_id, line_no)
) STRICT;

CREATE INDEX order_line_by_sku ON order_line (sku_id);

CREATE TRIGGER order_line_claimed_within_ordered
BEFORE UPDATE OF claimed ON order_line
WHEN NEW.claimed > OLD.claimed
    AND NEW.claimed + NEW.claimed_imported > NEW.ordered - NEW.cancelled + NEW.redelivered
BEGIN SELECT RAISE(ABORT, 'order_line_claimed_within_ordered'); END;

CREATE TRIGGER order_line_goods_within_shipped
BEFORE UPDATE OF claimed_goods ON order_line
WHEN NEW.claimed_goods > OLD.claimed_goods
    AND NEW.claimed_goods + NEW.claimed_imported > NEW.shipped + NEW.redelivered
BEGIN SELECT RAISE(ABORT, 'order_line_goods_within_shipped'); END;

CREATE TRIGGER order_line_unshipped_within_unshipped
BEFORE UPDATE OF claimed_unshipped ON order_line
WHEN NEW.claimed_unshipped > OLD.claimed_unshipped
    AND NEW.claimed_unshipped > NEW.ordered - NEW.cancelled - NEW.shipped
BEGIN SELECT RAISE(ABORT, 'order_line_unshipped_within_unshipped'); END;

CREATE TABLE outbound_line (
    id INTEGER PRIMARY KEY,
    outbound_order_id INTEGER NOT NULL REFERENCES outbound_order (id),
    rma_line_id INTEGER NOT NULL REFERENCES rma_line (id),
    sku_id INTEGER NOT NULL REFERENCES sku (id),
    quantity INTEGER NOT NULL CHECK (quantity > 0)
) STRICT;

CREATE INDEX outbound_line_by_outbound ON outbound_line (outbound_order_id);

CREATE INDEX outbound_line_by_rma_line ON outbound_line (rma_line_id);

CREATE TABLE outbound_order (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    rma_id INTEGER NOT NULL REFERENCES rma (id),
    shop_id INTEGER NOT NULL REFERENCES shop (id),
    warehouse_id INTEGER REFERENCES warehouse (id),
    kind TEXT NOT NULL CHECK (kind IN ('exchange', 'reship', 'repair_return', 'send_back')),
    state TEXT NOT NULL CHECK (state IN ('open', 'shipped', 'delivered', 'waived')),
    contact_id INTEGER REFERENCES contact (id),
    carrier_id INTEGER REFERENCES carrier (id),
    waybill TEXT NOT NULL DEFAULT '',
    opened_at INTEGER NOT NULL,
    shipped_at INTEGER,
    delivered_at INTEGER,
    waived_reason TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT outbound_shipped_has_waybill CHECK (state NOT IN ('shipped', 'delivered') OR length(waybill) > 0),
    CONSTRAINT outbound_waived_has_reason CHECK (state <> 'waived' OR length(waived_reason) > 0)
) STRICT;

CREATE INDEX outbound_order_by_rma ON outbound_order (rma_id);

CREATE INDEX outbound_order_by_state ON outbound_order (state, shop_id, id);

CREATE INDEX outbound_order_by_waybill ON outbound_order (waybill) WHERE waybill <> '';

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    channel TEXT NOT NULL,
    event_id INTEGER,
    firing_id INTEGER,
    rma_id INTEGER,
    contact_id INTEGER,
    person_id INTEGER,
    body TEXT NOT NULL,
    not_before INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sent', 'failed', 'unknown', 'dead', 'cancelled')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER NOT NULL,
    cancelled_by INTEGER,
    created_at INTEGER NOT NULL
, channel_id INTEGER REFERENCES channel (id), audience TEXT NOT NULL DEFAULT 'customer' CHECK (audience IN ('customer', 'staff', 'system', 'trial')), shop_id INTEGER NOT NULL DEFAULT 0, role TEXT NOT NULL DEFAULT '', urgent INTEGER NOT NULL DEFAULT 0 CHECK (urgent IN (0, 1)), held TEXT NOT NULL DEFAULT '' CHECK (held IN ('', 'quiet', 'rate', 'rest'))) STRICT;

CREATE INDEX outbox_by_rma ON outbox (rma_id) WHERE rma_id IS NOT NULL;

CREATE INDEX outbox_by_state ON outbox (state, id);

CREATE INDEX outbox_due ON outbox (next_attempt_at, id) WHERE state = 'pending';

CREATE TABLE parcel (
    id INTEGER PRIMARY KEY,
    warehouse_id INTEGER REFERENCES warehouse (id),
    carrier_id INTEGER REFERENCES carrier (id),
    waybill TEXT NOT NULL,
    direction TEXT NOT NULL DEFAULT 'return' CHECK (direction IN ('return', 'outbound_back', 'unknown')),
    state TEXT NOT NULL CHECK (state IN ('announced', 'signed', 'opened')),
    announced_at INTEGER,
    signed_at INTEGER,
    signed_by INTEGER REFERENCES person (id),
    opened_at INTEGER,
    opened_by INTEGER REFERENCES person (id),
    owner_id INTEGER REFERENCES person (id),
    next_follow_up_at INTEGER,
    weight_grams INTEGER,
    note TEXT NOT NULL DEFAULT '',
    -- Reuse of a waybill is flagged, not forbidden.
    reused INTEGER NOT NULL DEFAULT 0 CHECK (reused IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1, case_count INTEGER NOT NULL DEFAULT 0, open_case_count INTEGER NOT NULL DEFAULT 0, counted_at INTEGER, carrier_signed_at INTEGER, expected_grams INTEGER, weight_gap INTEGER NOT NULL DEFAULT 0 CHECK (weight_gap IN (0, 1)), set_aside_at INTEGER, phone_tail TEXT NOT NULL DEFAULT '', damaged INTEGER NOT NULL DEFAULT 0 CHECK (damaged IN (0, 1)), parked_at INTEGER, parked_by INTEGER REFERENCES person (id),
    -- G3: received only after it was announced or unknown; opened only after it was signed.
    CONSTRAINT parcel_opened_after_signed CHECK (opened_at IS NULL OR (signed_at IS NOT NULL AND opened_at >= signed_at))
) STRICT;

CREATE INDEX parcel_by_state ON parcel (state, warehouse_id, id);

CREATE INDEX parcel_by_waybill ON parcel (waybill);

CREATE INDEX parcel_carrier_signed ON parcel (carrier_signed_at, id)
WHERE state = 'announced' AND carrier_signed_at IS NOT NULL AND set_aside_at IS NULL;

CREATE INDEX parcel_follow_up ON parcel (next_follow_up_at, id) WHERE next_follow_up_at IS NOT NULL;

CREATE INDEX parcel_parked ON parcel (warehouse_id, id) WHERE parked_at IS NOT NULL;

CREATE INDEX parcel_silent ON parcel (announced_at, id)
WHERE state = 'announced' AND open_case_count > 0 AND set_aside_at IS NULL;

CREATE INDEX parcel_uncounted ON parcel (opened_at, id)
WHERE state = 'opened' AND counted_at IS NULL AND open_case_count > 0 AND set_aside_at IS NULL;

CREATE INDEX parcel_unidentified ON parcel (signed_at, id)
WHERE case_count = 0 AND signed_at IS NOT NULL AND set_aside_at IS NULL;

CREATE INDEX parcel_unopened ON parcel (signed_at, id)
WHERE state = 'signed' AND case_count > 0 AND set_aside_at IS NULL;

CREATE INDEX parcel_weight_gap ON parcel (signed_at, id) WHERE weight_gap = 1 AND set_aside_at IS NULL;

CREATE TRIGGER parcel_moves_on AFTER UPDATE OF state, case_count ON parcel
WHEN OLD.set_aside_at IS NOT NULL AND (NEW.state <> OLD.state OR NEW.case_count <> OLD.case_count)
BEGIN
    UPDATE parcel SET set_aside_at = NULL WHERE id = NEW.id;
END;

CREATE TABLE parcel_attachment (
    parcel_id INTEGER NOT NULL REFERENCES parcel (id),
    attachment_id INTEGER NOT NULL REFERENCES attachment (id),
    PRIMARY KEY (parcel_id, attachment_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX parcel_attachment_by_attachment ON parcel_attachment (attachment_id);

CREATE TABLE parcel_rma (
    parcel_id INTEGER NOT NULL REFERENCES parcel (id),
    rma_id INTEGER NOT NULL REFERENCES rma (id),
    PRIMARY KEY (parcel_id, rma_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX parcel_rma_by_rma ON parcel_rma (rma_id);

CREATE TRIGGER parcel_cases_grow AFTER INSERT ON parcel_rma
BEGIN
    UPDATE parcel SET
        case_count = case_count + 1,
        open_case_count = open_case_count + (
            SELECT state NOT IN ('rejected', 'withdrawn', 'closed') FROM rma WHERE id = NEW.rma_id
        )
    WHERE id = NEW.parcel_id;
END;

CREATE TRIGGER parcel_cases_shrink AFTER DELETE ON parcel_rma
BEGIN
    UPDATE parcel SET
        case_count = case_count - 1,
        open_case_count = open_case_count - (
            SELECT state NOT IN ('rejected', 'withdrawn', 'closed') FROM rma WHERE id = OLD.rma_id
        )
    WHERE id = OLD.parcel_id;
END;

CREATE TABLE payout (
    id INTEGER PRIMARY KEY,
    settlement_id INTEGER NOT NULL REFERENCES settlement (id),
    key TEXT NOT NULL UNIQUE,
    tender_id INTEGER REFERENCES tender (id),
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    currency TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('requested', 'sent', 'done', 'failed', 'unknown', 'manual')),
    attempts INTEGER NOT NULL DEFAULT 0,
    gateway_id TEXT,
    error TEXT NOT NULL DEFAULT '',
    proof TEXT NOT NULL DEFAULT '',
    paid_by INTEGER REFERENCES person (id),
    requested_at INTEGER NOT NULL,
    sent_at INTEGER,
    finished_at INTEGER,
    next_query_at INTEGER
) STRICT;

CREATE INDEX payout_by_amount ON payout (amount_minor, currency);

CREATE INDEX payout_by_gateway_id ON payout (gateway_id) WHERE gateway_id IS NOT NULL;

CREATE INDEX payout_by_proof ON payout (proof) WHERE proof <> '';

CREATE INDEX payout_by_settlement ON payout (settlement_id);

CREATE UNIQUE INDEX payout_one_live ON payout (settlement_id, coalesce(tender_id, 0))
    WHERE state IN ('requested', 'sent', 'unknown', 'done', 'manual');

CREATE INDEX payout_open ON payout (state, next_query_at) WHERE state IN ('requested', 'sent', 'unknown');

CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    password_hash TEXT,
    lang TEXT NOT NULL DEFAULT 'zh' CHECK (lang IN ('zh', 'en')),
    team_id INTEGER REFERENCES team (id),
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
, email TEXT NOT NULL DEFAULT '', phone TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE person_role (
    person_id INTEGER NOT NULL REFERENCES person (id),
    role TEXT NOT NULL,
    shop_id INTEGER NOT NULL DEFAULT 0,
    warehouse_id INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (person_id, role, shop_id, warehouse_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX person_role_by_role ON person_role (role, shop_id, warehouse_id);

CREATE TABLE pin_try (
    key BLOB NOT NULL PRIMARY KEY,
    tries INTEGER NOT NULL,
    since INTEGER NOT NULL,
    blocked_until INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX pin_try_by_age ON pin_try (since);

CREATE TABLE policy_override (
    id INTEGER PRIMARY KEY,
    rma_id INTEGER NOT NULL REFERENCES rma (id),
    rma_line_id INTEGER REFERENCES rma_line (id),
    person_id INTEGER NOT NULL REFERENCES person (id),
    policy_rule TEXT NOT NULL,
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (length(reason) > 0),
    amount_minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX policy_override_by_person ON policy_override (person_id, at);

CREATE TABLE portal_token (
    token_hash BLOB NOT NULL PRIMARY KEY,
    rma_id INTEGER NOT NULL REFERENCES rma (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX portal_token_by_rma ON portal_token (rma_id);

CREATE TABLE rating (
    rma_id INTEGER PRIMARY KEY REFERENCES rma (id),
    score INTEGER NOT NULL CHECK (score BETWEEN 1 AND 5),
    comment TEXT NOT NULL DEFAULT '',
    rated_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL CHECK (changed_at >= rated_at)
) STRICT;

CREATE INDEX rating_by_time ON rating (rated_at);

CREATE TABLE reason (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    parent_id INTEGER REFERENCES reason (id),
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    evidence_required INTEGER NOT NULL DEFAULT 0 CHECK (evidence_required IN (0, 1)),
    liability TEXT NOT NULL DEFAULT 'customer',
    position INTEGER NOT NULL DEFAULT 0,
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE reason_map (
    platform TEXT NOT NULL,
    platform_code TEXT NOT NULL,
    reason_id INTEGER NOT NULL REFERENCES reason (id),
    PRIMARY KEY (platform, platform_code)
) STRICT, WITHOUT ROWID;

CREATE TABLE release (
    id INTEGER PRIMARY KEY,
    template TEXT NOT NULL,
    hash TEXT NOT NULL,
    applied_at INTEGER NOT NULL,
    applied_by INTEGER,
    note TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE release_document (
    release_id INTEGER NOT NULL REFERENCES release (id),
    document_id INTEGER NOT NULL REFERENCES document (id),
    PRIMARY KEY (release_id, document_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE rma (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    shop_id INTEGER NOT NULL REFERENCES shop (id),
    warehouse_id INTEGER REFERENCES warehouse (id),
    release_id INTEGER NOT NULL REFERENCES release (id),
    origin TEXT NOT NULL CHECK (origin IN ('filed', 'imported', 'platform')),
    state TEXT NOT NULL CHECK (state IN ('submitted', 'needs_info', 'in_progress', 'rejected', 'withdrawn', 'closed')),
    -- The flow node shown as the stage; '' before the first and after the last.
    stage TEXT NOT NULL DEFAULT '',
    goods_state TEXT NOT NULL DEFAULT 'none_expected',
    money_state TEXT NOT NULL DEFAULT 'none',
    order_id INTEGER REFERENCES sales_order (id),
    customer_id INTEGER REFERENCES customer (id),
    contact_id INTEGER REFERENCES contact (id),
    owner_id INTEGER REFERENCES person (id),
    filed_by TEXT NOT NULL,
    filed_at INTEGER NOT NULL,
    local_date TEXT NOT NULL,
    verdict TEXT NOT NULL DEFAULT 'review' CHECK (verdict IN ('auto_agree', 'review', 'refuse')),
    reason_id INTEGER REFERENCES reason (id),
    summary TEXT NOT NULL DEFAULT '',
    currency TEXT NOT NULL,
    refund_minor INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER,
    platform_due_at INTEGER,
    next_follow_up_at INTEGER,
    agreed_at INTEGER,
    received_at INTEGER,
    inspected_at INTEGER,
    settled_at INTEGER,
    closed_at INTEGER,
    linked_rma_id INTEGER REFERENCES rma (id),
    version INTEGER NOT NULL DEFAULT 1
, warn_at INTEGER) STRICT;

CREATE INDEX rma_by_contact ON rma (contact_id) WHERE contact_id IS NOT NULL;

CREATE INDEX rma_by_customer ON rma (customer_id) WHERE customer_id IS NOT NULL;

CREATE INDEX rma_by_date ON rma (local_date, shop_id);

CREATE INDEX rma_by_filer ON rma (filed_by, id);

CREATE INDEX rma_by_order ON rma (order_id) WHERE order_id IS NOT NULL;

CREATE INDEX rma_by_shop ON rma (shop_id, state, id);

CREATE INDEX rma_follow_up ON rma (next_follow_up_at, id)
WHERE next_follow_up_at IS NOT NULL AND state NOT IN ('rejected', 'withdrawn', 'closed');

CREATE INDEX rma_queue ON rma (state, owner_id, id);

CREATE TRIGGER parcel_case_ends AFTER UPDATE OF state ON rma
WHEN NEW.state IN ('rejected', 'withdrawn', 'closed') AND OLD.state NOT IN ('rejected', 'withdrawn', 'closed')
BEGIN
    UPDATE parcel SET open_case_count = open_case_count - 1
    WHERE id IN (SELECT parcel_id FROM parcel_rma WHERE rma_id = NEW.id);
END;

CREATE TRIGGER parcel_case_waits_again AFTER UPDATE OF state ON rma
WHEN OLD.state IN ('rejected', 'withdrawn', 'closed') AND NEW.state NOT IN ('rejected', 'withdrawn', 'closed')
BEGIN
    UPDATE parcel SET open_case_count = open_case_count + 1
    WHERE id IN (SELECT parcel_id FROM parcel_rma WHERE rma_id = NEW.id);
END;

CREATE TRIGGER rma_final_is_immutable
BEFORE UPDATE OF state, stage, goods_state, refund_minor ON rma
WHEN OLD.state IN ('rejected', 'withdrawn', 'closed')
    AND NOT (
        OLD.state = 'rejected' AND NEW.state = 'submitted' AND NEW.closed_at IS NULL
        AND EXISTS (SELECT 1 FROM decision WHERE rma_id = OLD.id AND undone_at IS NOT NULL AND at = OLD.closed_at)
    )
BEGIN SELECT RAISE(ABORT, 'rma_final_is_immutable'); END;

CREATE TRIGGER rma_total_insert AFTER INSERT ON rma
BEGIN
    INSERT INTO rma_total (state, owner_id, shop_id, warehouse_id, stage, currency, cases, refund_minor)
    VALUES (NEW.state, coalesce(NEW.owner_id, 0), NEW.shop_id, coalesce(NEW.warehouse_id, 0), NEW.stage, NEW.currency, 1,
        NEW.refund_minor)
    ON CONFLICT DO UPDATE SET cases = cases + 1, refund_minor = refund_minor + excluded.refund_minor;
END;

CREATE TRIGGER rma_total_update AFTER UPDATE OF state, owner_id, shop_id, warehouse_id, stage, currency, refund_minor ON rma
WHEN NEW.state <> OLD.state OR NEW.owner_id IS NOT OLD.owner_id OR NEW.shop_id <> OLD.shop_id
    OR NEW.warehouse_id IS NOT OLD.warehouse_id OR NEW.stage <> OLD.stage OR NEW.currency <> OLD.currency
    OR NEW.refund_minor <> OLD.refund_minor
BEGIN
    UPDATE rma_total SET cases = cases - 1, refund_minor = refund_minor - OLD.refund_minor
    WHERE state = OLD.state AND owner_id = coalesce(OLD.owner_id, 0) AND shop_id = OLD.shop_id
        AND warehouse_id = coalesce(OLD.warehouse_id, 0) AND stage = OLD.stage AND currency = OLD.currency;
    INSERT INTO rma_total (state, owner_id, shop_id, warehouse_id, stage, currency, cases, refund_minor)
    VALUES (NEW.state, coalesce(NEW.owner_id, 0), NEW.shop_id, coalesce(NEW.warehouse_id, 0), NEW.stage, NEW.currency, 1,
        NEW.refund_minor)
    ON CONFLICT DO UPDATE SET cases = cases + 1, refund_minor = refund_minor + excluded.refund_minor;
END;

CREATE TABLE rma_history (
    rma_line_id INTEGER PRIMARY KEY REFERENCES rma_line (id),
    source TEXT NOT NULL,
    refund_goods_minor INTEGER NOT NULL DEFAULT 0,
    refund_tax_minor INTEGER NOT NULL DEFAULT 0,
    fee_minor INTEGER NOT NULL DEFAULT 0,
    refund_shipping_minor INTEGER NOT NULL DEFAULT 0,
    cash_minor INTEGER NOT NULL DEFAULT 0,
    charge_minor INTEGER NOT NULL DEFAULT 0,
    credit_minor INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE rma_line (
    id INTEGER PRIMARY KEY,
    rma_id INTEGER NOT NULL REFERENCES rma (id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    order_line_id INTEGER REFERENCES order_line (id),
    sku_id INTEGER REFERENCES sku (id),
    -- Not announced: extra or wrong goods found in a parcel stand on a line of their own (Q3).
    undeclared INTEGER NOT NULL DEFAULT 0 CHECK (undeclared IN (0, 1)),
    reason_id INTEGER REFERENCES reason (id),
    requested INTEGER NOT NULL CHECK (requested > 0),
    approved INTEGER NOT NULL DEFAULT 0 CHECK (approved >= 0),
    received INTEGER NOT NULL DEFAULT 0 CHECK (received >= 0),
    waived INTEGER NOT NULL DEFAULT 0 CHECK (waived >= 0),
    accepted INTEGER NOT NULL DEFAULT 0 CHECK (accepted >= 0),
    refused INTEGER NOT NULL DEFAULT 0 CHECK (refused >= 0),
    dispositioned INTEGER NOT NULL DEFAULT 0 CHECK (dispositioned >= 0),
    -- This line's exact part of what was paid, fixed when it was filed.
    share_goods_minor INTEGER NOT NULL DEFAULT 0,
    share_tax_minor INTEGER NOT NULL DEFAULT 0,
    -- Paid share of the accepted quantity: the cap of the counted basis (M3).
    cap_counted_minor INTEGER NOT NULL DEFAULT 0,
    settled_minor INTEGER NOT NULL DEFAULT 0 CHECK (settled_minor >= 0),
    settled_counted_minor INTEGER NOT NULL DEFAULT 0 CHECK (settled_counted_minor >= 0),
    money_done INTEGER NOT NULL DEFAULT 0 CHECK (money_done IN (0, 1)),
    verdict TEXT NOT NULL DEFAULT 'review',
    policy_rule TEXT NOT NULL DEFAULT '',
    -- The judgement as it was explained (texts in both languages), frozen.
    judgement TEXT NOT NULL DEFAULT '{}',
    window_ends_on TEXT,
    -- As counted on boards; for imported history what really was refunded.
    refund_minor INTEGER NOT NULL DEFAULT 0,
    UNIQUE (rma_id, position),
    CONSTRAINT rma_line_approved_within_requested CHECK (approved <= requested),
    CONSTRAINT rma_line_received_within_approved CHECK (received + waived <= requested),
    CONSTRAINT rma_line_inspected_within_received CHECK (accepted + refused <= received),
    CONSTRAINT rma_line_dispositioned_once CHECK (dispositioned <= received)
) STRICT;

CREATE INDEX rma_line_by_order_line ON rma_line (order_line_id) WHERE order_line_id IS NOT NULL;

CREATE INDEX rma_line_by_sku ON rma_line (sku_id, rma_id);

CREATE TRIGGER line_total_insert AFTER INSERT ON rma_line
BEGIN
    INSERT INTO line_total (month, shop_id, reason_id, kind, currency, lines, quantity, refund_minor)
    SELECT substr(rma.local_date, 1, 7), rma.shop_id, coalesce(NEW.reason_id, 0), NEW.kind, rma.currency, 1, NEW.requested,
        NEW.refund_minor
    FROM rma WHERE rma.id = NEW.rma_id
    ON CONFLICT DO UPDATE SET lines = lines + 1, quantity = quantity + excluded.quantity,
        refund_minor = refund_minor + excluded.refund_minor;
END;

CREATE TRIGGER line_total_update AFTER UPDATE OF reason_id, kind, requested, refund_minor ON rma_line
WHEN NEW.reason_id IS NOT OLD.reason_id OR NEW.kind <> OLD.kind OR NEW.requested <> OLD.requested
    OR NEW.refund_minor <> OLD.refund_minor
BEGIN
    UPDATE line_total SET lines = lines - 1, quantity = quantity - OLD.requested, refund_minor = refund_minor - OLD.refund_minor
    WHERE (month, shop_id, currency) = (
        SELECT substr(rma.local_date, 1, 7), rma.shop_id, rma.currency FROM rma WHERE rma.id = OLD.rma_id
    ) AND reason_id = coalesce(OLD.reason_id, 0) AND kind = OLD.kind;
    INSERT INTO line_total (month, shop_id, reason_id, kind, currency, lines, quantity, refund_minor)
    SELECT substr(rma.local_date, 1, 7), rma.shop_id, coalesce(NEW.reason_id, 0), NEW.kind, rma.currency, 1, NEW.requested,
        NEW.refund_minor
    FROM rma WHERE rma.id = NEW.rma_id
    ON CONFLICT DO UPDATE SET lines = lines + 1, quantity = quantity + excluded.quantity,
        refund_minor = refund_minor + excluded.refund_minor;
END;

CREATE TRIGGER rma_line_counted_within_accepted
BEFORE UPDATE OF settled_counted_minor ON rma_line
WHEN NEW.settled_counted_minor > OLD.settled_counted_minor AND NEW.settled_counted_minor > NEW.cap_counted_minor
BEGIN SELECT RAISE(ABORT, 'rma_line_counted_within_accepted'); END;

CREATE TRIGGER rma_line_settled_within_share
BEFORE UPDATE OF settled_minor ON rma_line
WHEN NEW.settled_minor > OLD.settled_minor AND NEW.settled_minor > NEW.share_goods_minor + NEW.share_tax_minor
BEGIN SELECT RAISE(ABORT, 'rma_line_settled_within_share'); END;

CREATE TABLE rma_order (
    rma_id INTEGER NOT NULL REFERENCES rma (id),
    order_id INTEGER NOT NULL REFERENCES sales_order (id),
    PRIMARY KEY (rma_id, order_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX rma_order_by_order ON rma_order (order_id);

CREATE TABLE rma_tag (
    rma_id INTEGER NOT NULL REFERENCES rma (id),
    tag TEXT NOT NULL,
    PRIMARY KEY (rma_id, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE rma_total (
    state TEXT NOT NULL,
    owner_id INTEGER NOT NULL,
    shop_id INTEGER NOT NULL,
    warehouse_id INTEGER NOT NULL,
    stage TEXT NOT NULL,
    currency TEXT NOT NULL,
    cases INTEGER NOT NULL,
    refund_minor INTEGER NOT NULL,
    PRIMARY KEY (state, owner_id, shop_id, warehouse_id, stage, currency)
) STRICT, WITHOUT ROWID;

CREATE TABLE sales_order (
    id INTEGER PRIMARY KEY,
    shop_id INTEGER NOT NULL REFERENCES shop (id),
    number TEXT NOT NULL,
    customer_id INTEGER REFERENCES customer (id),
    contact_id INTEGER REFERENCES contact (id),
    state TEXT NOT NULL DEFAULT 'paid',
    ordered_at INTEGER NOT NULL,
    paid_at INTEGER,
    shipped_at INTEGER,
    delivered_at INTEGER,
    currency TEXT NOT NULL,
    captured_minor INTEGER NOT NULL CHECK (captured_minor >= 0),
    freight_minor INTEGER NOT NULL DEFAULT 0 CHECK (freight_minor >= 0),
    invoice TEXT NOT NULL DEFAULT 'none' CHECK (invoice IN ('none', 'ordinary', 'special')),
    -- Settled and in flight; imported refunds apart because history may exceed what was paid.
    held_minor INTEGER NOT NULL DEFAULT 0 CHECK (held_minor >= 0),
    held_imported_minor INTEGER NOT NULL DEFAULT 0,
    freight_held_minor INTEGER NOT NULL DEFAULT 0 CHECK (freight_held_minor >= 0),
    source_version INTEGER NOT NULL DEFAULT 0,
    release_id INTEGER REFERENCES release (id),
    version INTEGER NOT NULL DEFAULT 1,
    UNIQUE (shop_id, number)
) STRICT;

CREATE INDEX sales_order_by_contact ON sales_order (contact_id);

CREATE INDEX sales_order_by_customer ON sales_order (customer_id);

CREATE INDEX sales_order_by_number ON sales_order (number);

CREATE TRIGGER sales_order_freight_once
BEFORE UPDATE OF freight_held_minor ON sales_order
WHEN NEW.freight_held_minor > OLD.freight_held_minor AND NEW.freight_held_minor > NEW.freight_minor
BEGIN SELECT RAISE(ABORT, 'sales_order_freight_once'); END;

CREATE TRIGGER sales_order_held_within_captured
BEFORE UPDATE OF held_minor ON sales_order
WHEN NEW.held_minor > OLD.held_minor AND NEW.held_minor + max(NEW.held_imported_minor, 0) > NEW.captured_minor
BEGIN SELECT RAISE(ABORT, 'sales_order_held_within_captured'); END;

CREATE TABLE scan (
    id INTEGER PRIMARY KEY,
    client_key TEXT NOT NULL UNIQUE,
    device_id INTEGER REFERENCES device (id),
    operator_id INTEGER REFERENCES person (id),
    shift TEXT NOT NULL DEFAULT '',
    warehouse_id INTEGER REFERENCES warehouse (id),
    raw TEXT NOT NULL,
    quantity INTEGER NOT NULL DEFAULT 1,
    scanned_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    result TEXT NOT NULL,
    parcel_id INTEGER REFERENCES parcel (id),
    rma_id INTEGER REFERENCES rma (id)
, shift_id INTEGER REFERENCES shift (id), sent_by INTEGER REFERENCES person (id), doubt TEXT NOT NULL DEFAULT '') STRICT;

CREATE INDEX scan_by_parcel ON scan (parcel_id) WHERE parcel_id IS NOT NULL;

CREATE TABLE schema_migration (
  version INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  checksum BLOB NOT NULL, -- BLAKE3 of the file
  applied_at INTEGER NOT NULL -- UTC ms
) STRICT;

CREATE TABLE session (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id),
    token_hash BLOB NOT NULL UNIQUE,
    csrf_hash BLOB NOT NULL,
    opened_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER,
    address TEXT NOT NULL DEFAULT '',
    agent TEXT NOT NULL DEFAULT ''
, device_id INTEGER REFERENCES device (id), shift_id INTEGER REFERENCES shift (id)) STRICT;

CREATE INDEX session_by_device ON session (device_id) WHERE device_id IS NOT NULL;

CREATE INDEX session_by_person ON session (person_id);

CREATE TABLE settlement (
    id INTEGER PRIMARY KEY,
    rma_id INTEGER NOT NULL REFERENCES rma (id),
    shop_id INTEGER NOT NULL REFERENCES shop (id),
    order_id INTEGER REFERENCES sales_order (id),
    basis TEXT NOT NULL CHECK (basis IN ('counted', 'unshipped', 'waived', 'advanced', 'platform_decided', 'compensation')),
    state TEXT NOT NULL CHECK (state IN ('proposed', 'approved', 'executing', 'settled', 'cancelled')),
    net_minor INTEGER NOT NULL CHECK (net_minor >= 0),
    currency TEXT NOT NULL,
    means TEXT NOT NULL CHECK (means IN ('original', 'credit', 'manual', 'platform', 'none')),
    platform_number TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    proposed_by INTEGER NOT NULL REFERENCES person (id),
    proposed_at INTEGER NOT NULL,
    needs_second INTEGER NOT NULL CHECK (needs_second IN (0, 1)),
    approved_by INTEGER REFERENCES person (id),
    approved_at INTEGER,
    settled_at INTEGER,
    local_date TEXT,
    version INTEGER NOT NULL DEFAULT 1,
    -- A2: above the limit, who approves did not key it.
    CONSTRAINT settlement_four_eyes CHECK (needs_second = 0 OR approved_by IS NULL OR approved_by <> proposed_by)
) STRICT;

CREATE INDEX settlement_by_day ON settlement (local_date, shop_id) WHERE local_date IS NOT NULL;

CREATE INDEX settlement_by_rma ON settlement (rma_id);

CREATE INDEX settlement_by_state ON settlement (state, shop_id, id);

CREATE UNIQUE INDEX settlement_platform_once ON settlement (shop_id, platform_number)
    WHERE platform_number <> '' AND state <> 'cancelled';

CREATE TABLE settlement_component (
    id INTEGER PRIMARY KEY,
    settlement_id INTEGER NOT NULL REFERENCES settlement (id),
    rma_line_id INTEGER REFERENCES rma_line (id),
    kind TEXT NOT NULL,
    amount_minor INTEGER NOT NULL CHECK (amount_minor <> 0),
    bearer TEXT NOT NULL,
    supplier_id INTEGER REFERENCES supplier (id),
    carrier_id INTEGER REFERENCES carrier (id),
    note TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX settlement_component_by_settlement ON settlement_component (settlement_id);

CREATE TABLE setup_link (
    token_hash BLOB NOT NULL PRIMARY KEY,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE shift (
    id INTEGER PRIMARY KEY,
    device_id INTEGER NOT NULL REFERENCES device (id),
    warehouse_id INTEGER NOT NULL REFERENCES warehouse (id),
    person_id INTEGER NOT NULL REFERENCES person (id),
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    CONSTRAINT shift_ends_after_start CHECK (ended_at IS NULL OR ended_at >= started_at)
) STRICT;

CREATE INDEX shift_by_device ON shift (device_id, id);

CREATE UNIQUE INDEX shift_one_open ON shift (device_id) WHERE ended_at IS NULL;

CREATE TABLE shift_work (
    shift_id INTEGER NOT NULL REFERENCES shift (id),
    kind TEXT NOT NULL,
    subject_id INTEGER NOT NULL,
    quantity INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (shift_id, kind, subject_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE shipment (
    id INTEGER PRIMARY KEY,
    order_id INTEGER NOT NULL REFERENCES sales_order (id),
    carrier_id INTEGER REFERENCES carrier (id),
    waybill TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'shipped' CHECK (state IN ('shipped', 'delivered', 'refused', 'intercepted')),
    shipped_at INTEGER NOT NULL,
    delivered_at INTEGER,
    UNIQUE (order_id, waybill)
) STRICT;

CREATE INDEX shipment_by_waybill ON shipment (waybill);

CREATE TABLE shipment_line (
    shipment_id INTEGER NOT NULL REFERENCES shipment (id),
    order_line_id INTEGER NOT NULL REFERENCES order_line (id),
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (shipment_id, order_line_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX shipment_line_by_order_line ON shipment_line (order_line_id);

CREATE TABLE shipped_serial (
    serial TEXT NOT NULL,
    order_line_id INTEGER NOT NULL REFERENCES order_line (id),
    PRIMARY KEY (serial, order_line_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE shop (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    platform TEXT NOT NULL,
    currency TEXT NOT NULL,
    zone TEXT NOT NULL,
    warehouse_id INTEGER REFERENCES warehouse (id),
    calendar_id INTEGER REFERENCES calendar (id),
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE shop_portal (
    shop_id INTEGER PRIMARY KEY REFERENCES shop (id),
    url TEXT NOT NULL DEFAULT '',
    embed_origins TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE sku (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_en TEXT NOT NULL DEFAULT '',
    category TEXT NOT NULL DEFAULT '',
    brand TEXT NOT NULL DEFAULT '',
    unit TEXT NOT NULL DEFAULT 'pcs',
    list_price_minor INTEGER NOT NULL DEFAULT 0,
    resalable INTEGER NOT NULL DEFAULT 1 CHECK (resalable IN (0, 1)),
    has_serial INTEGER NOT NULL DEFAULT 0 CHECK (has_serial IN (0, 1)),
    has_lot INTEGER NOT NULL DEFAULT 0 CHECK (has_lot IN (0, 1)),
    supplier_id INTEGER REFERENCES supplier (id),
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1
, weight_grams INTEGER CHECK (weight_grams > 0)) STRICT;

CREATE TABLE sku_barcode (
    barcode TEXT NOT NULL PRIMARY KEY,
    sku_id INTEGER NOT NULL REFERENCES sku (id),
    quantity INTEGER NOT NULL DEFAULT 1 CHECK (quantity > 0),
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE INDEX sku_barcode_by_sku ON sku_barcode (sku_id);

CREATE TABLE sku_bundle_part (
    bundle_sku_id INTEGER NOT NULL REFERENCES sku (id),
    part_sku_id INTEGER NOT NULL REFERENCES sku (id),
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    money_share INTEGER NOT NULL CHECK (money_share >= 0),
    PRIMARY KEY (bundle_sku_id, part_sku_id)
) STRICT, WITHOUT ROWID;

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

CREATE INDEX statement_line_by_statement ON statement_line (statement_id, state, id);

CREATE UNIQUE INDEX statement_line_once ON statement_line (shop_id, line_key);

CREATE UNIQUE INDEX statement_line_one_payout ON statement_line (payout_id) WHERE state = 'matched';

CREATE TABLE stock_move (
    id INTEGER PRIMARY KEY,
    warehouse_id INTEGER NOT NULL REFERENCES warehouse (id),
    sku_id INTEGER REFERENCES sku (id),
    bucket TEXT NOT NULL CHECK (bucket IN ('pending', 'good', 'defective', 'scrap', 'vendor')),
    quantity INTEGER NOT NULL CHECK (quantity <> 0),
    lot TEXT,
    expires_on TEXT,
    unit_group_id INTEGER REFERENCES unit_group (id),
    disposition_id INTEGER REFERENCES disposition (id),
    local_date TEXT NOT NULL,
    at INTEGER NOT NULL,
    -- G1: outside 待检 stock changes only by a disposition.
    CONSTRAINT stock_move_by_disposition CHECK (bucket = 'pending' OR disposition_id IS NOT NULL)
) STRICT;

CREATE INDEX stock_move_by_day ON stock_move (local_date, warehouse_id);

CREATE INDEX stock_move_by_group ON stock_move (unit_group_id);

CREATE TABLE supplier (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    contact TEXT NOT NULL DEFAULT '',
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE tag (
    code TEXT NOT NULL PRIMARY KEY,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE task (
    id INTEGER PRIMARY KEY,
    rma_id INTEGER REFERENCES rma (id),
    kind TEXT NOT NULL CHECK (kind IN ('approve', 'work', 'info', 'rule', 'conflict')),
    node TEXT NOT NULL,
    round INTEGER NOT NULL,
    role TEXT NOT NULL DEFAULT '',
    shop_id INTEGER NOT NULL DEFAULT 0,
    warehouse_id INTEGER NOT NULL DEFAULT 0,
    assignee_id INTEGER REFERENCES person (id),
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'done', 'cancelled')),
    due_at INTEGER,
    breached_at INTEGER,
    opened_at INTEGER NOT NULL,
    done_at INTEGER,
    done_by INTEGER REFERENCES person (id)
, warn_at INTEGER, warned_at INTEGER) STRICT;

CREATE INDEX task_by_rma ON task (rma_id);

CREATE INDEX task_conflict ON task (opened_at, id) WHERE kind = 'conflict' AND state = 'open';

CREATE INDEX task_done ON task (done_by, id) WHERE state = 'done';

CREATE INDEX task_mine ON task (assignee_id, id) WHERE state = 'open' AND assignee_id IS NOT NULL;

CREATE UNIQUE INDEX task_open_once ON task (rma_id, kind, node, round, coalesce(assignee_id, 0)) WHERE state = 'open' AND rma_id IS NOT NULL;

CREATE INDEX task_pool ON task (role, shop_id, warehouse_id, id) WHERE state = 'open' AND assignee_id IS NULL;

CREATE TABLE team (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE tender (
    id INTEGER PRIMARY KEY,
    order_id INTEGER NOT NULL REFERENCES sales_order (id),
    kind TEXT NOT NULL,
    reference TEXT NOT NULL DEFAULT '',
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    refunded_minor INTEGER NOT NULL DEFAULT 0 CHECK (refunded_minor >= 0),
    CONSTRAINT tender_refunded_within_amount CHECK (refunded_minor <= amount_minor)
) STRICT;

CREATE INDEX tender_by_order ON tender (order_id);

CREATE TABLE timer (
    id INTEGER PRIMARY KEY,
    due_at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    rma_id INTEGER REFERENCES rma (id),
    task_id INTEGER REFERENCES task (id),
    payload TEXT NOT NULL DEFAULT '{}',
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'fired', 'cancelled')),
    fired_at INTEGER
, subject TEXT NOT NULL DEFAULT '', subject_id INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE INDEX timer_by_task ON timer (task_id) WHERE state = 'pending';

CREATE INDEX timer_due ON timer (due_at, id) WHERE state = 'pending';

CREATE UNIQUE INDEX timer_of_subject ON timer (subject, subject_id, kind) WHERE subject <> '';

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

CREATE TABLE tracking_now (
    parcel_id INTEGER PRIMARY KEY REFERENCES parcel (id),
    state TEXT NOT NULL,
    at INTEGER NOT NULL,
    event_id INTEGER NOT NULL REFERENCES tracking_event (id)
) STRICT;

CREATE TABLE unit_group (
    id INTEGER PRIMARY KEY,
    rma_id INTEGER NOT NULL REFERENCES rma (id),
    rma_line_id INTEGER NOT NULL REFERENCES rma_line (id),
    parcel_id INTEGER REFERENCES parcel (id),
    warehouse_id INTEGER NOT NULL REFERENCES warehouse (id),
    sku_id INTEGER REFERENCES sku (id),
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    reception TEXT NOT NULL,
    serial TEXT,
    lot TEXT,
    expires_on TEXT,
    swapped INTEGER NOT NULL DEFAULT 0 CHECK (swapped IN (0, 1)),
    grade_id INTEGER REFERENCES grade (id),
    liability TEXT,
    inspected_at INTEGER,
    dispositioned_at INTEGER,
    counted_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT unit_group_serial_is_one CHECK (serial IS NULL OR quantity = 1)
) STRICT;

CREATE INDEX unit_group_by_line ON unit_group (rma_line_id);

CREATE INDEX unit_group_by_rma ON unit_group (rma_id);

CREATE UNIQUE INDEX unit_group_serial_open ON unit_group (serial) WHERE serial IS NOT NULL AND dispositioned_at IS NULL;

CREATE TRIGGER parcel_is_counted AFTER INSERT ON unit_group WHEN NEW.parcel_id IS NOT NULL
BEGIN
    UPDATE parcel SET counted_at = NEW.counted_at WHERE id = NEW.parcel_id AND counted_at IS NULL;
END;

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

CREATE INDEX upload_by_attachment ON upload (attachment_id) WHERE attachment_id IS NOT NULL;

CREATE INDEX upload_by_expiry ON upload (expires_at);

CREATE INDEX upload_by_owner ON upload (owner);

CREATE INDEX upload_by_rma ON upload (rma_id) WHERE rma_id IS NOT NULL;

CREATE TABLE voter (
    rma_id INTEGER NOT NULL REFERENCES rma (id),
    node TEXT NOT NULL,
    round INTEGER NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (rma_id, node, round, person_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE warehouse (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    contact_name TEXT NOT NULL DEFAULT '',
    contact_phone TEXT NOT NULL DEFAULT '',
    address_zh TEXT NOT NULL DEFAULT '',
    address_en TEXT NOT NULL DEFAULT '',
    notes_zh TEXT NOT NULL DEFAULT '',
    notes_en TEXT NOT NULL DEFAULT '',
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1
) STRICT;

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
