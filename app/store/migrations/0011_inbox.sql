-- 抄送: who is told of a step that was passed. A copy gives no right; `taken_back_at` when the decision was.
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
CREATE UNIQUE INDEX case_copy_once ON case_copy (rma_id, node, round, person_id);
CREATE INDEX case_copy_by_person ON case_copy (person_id, id) WHERE taken_back_at IS NULL;
CREATE INDEX case_copy_unread ON case_copy (person_id) WHERE read_at IS NULL AND taken_back_at IS NULL;

-- Filters of the inbox that a person keeps. `filter` is JSON as the desk asks for it.
CREATE TABLE inbox_filter (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id),
    name TEXT NOT NULL,
    filter TEXT NOT NULL,
    is_default INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1)),
    created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX inbox_filter_name ON inbox_filter (person_id, name);

-- What a person filed.
CREATE INDEX rma_by_filer ON rma (filed_by, id);

-- A decision that was taken back stays as a row and counts no more.
ALTER TABLE decision ADD COLUMN undone_at INTEGER;
DROP INDEX decision_once;
CREATE UNIQUE INDEX decision_once ON decision (rma_id, node, round, person_id, reopens) WHERE undone_at IS NULL;

-- A message to the customer that was taken back before it was delivered is shown to nobody.
ALTER TABLE note ADD COLUMN taken_back_at INTEGER;

-- S4: what is over stays as it is, but for a refusal that its decider takes back at once.
DROP TRIGGER rma_final_is_immutable;
CREATE TRIGGER rma_final_is_immutable
BEFORE UPDATE OF state, stage, goods_state, refund_minor ON rma
WHEN OLD.state IN ('rejected', 'withdrawn', 'closed')
    AND NOT (
        OLD.state = 'rejected' AND NEW.state = 'submitted' AND NEW.closed_at IS NULL
        AND EXISTS (SELECT 1 FROM decision WHERE rma_id = OLD.id AND undone_at IS NOT NULL AND at = OLD.closed_at)
    )
BEGIN SELECT RAISE(ABORT, 'rma_final_is_immutable'); END;

CREATE TRIGGER parcel_case_waits_again AFTER UPDATE OF state ON rma
WHEN OLD.state IN ('rejected', 'withdrawn', 'closed') AND NEW.state NOT IN ('rejected', 'withdrawn', 'closed')
BEGIN
    UPDATE parcel SET open_case_count = open_case_count + 1
    WHERE id IN (SELECT parcel_id FROM parcel_rma WHERE rma_id = NEW.id);
END;
