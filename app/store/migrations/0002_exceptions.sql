-- The exceptions desk: what stands still or does not fit, found without looking at everything that hangs on a parcel.
-- Each list has an index of its own that holds only what is in the list; triggers keep the counts it goes by.

ALTER TABLE sku ADD COLUMN weight_grams INTEGER CHECK (weight_grams > 0);

-- How many cases the parcel belongs to, and how many of them are under way.
ALTER TABLE parcel ADD COLUMN case_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE parcel ADD COLUMN open_case_count INTEGER NOT NULL DEFAULT 0;
-- When the first goods out of it were counted.
ALTER TABLE parcel ADD COLUMN counted_at INTEGER;
-- When the carrier says that it was handed over here; whoever follows carriers writes it.
ALTER TABLE parcel ADD COLUMN carrier_signed_at INTEGER;
-- What its goods should weigh, when that can be told, and whether what was weighed is too far from it.
ALTER TABLE parcel ADD COLUMN expected_grams INTEGER;
ALTER TABLE parcel ADD COLUMN weight_gap INTEGER NOT NULL DEFAULT 0 CHECK (weight_gap IN (0, 1));
-- Somebody said that nothing more is to be done about it as it stands.
ALTER TABLE parcel ADD COLUMN set_aside_at INTEGER;

UPDATE parcel SET
    case_count = (SELECT count(*) FROM parcel_rma WHERE parcel_rma.parcel_id = parcel.id),
    open_case_count = (
        SELECT count(*)
        FROM parcel_rma
        JOIN rma ON rma.id = parcel_rma.rma_id
        WHERE parcel_rma.parcel_id = parcel.id AND rma.state NOT IN ('rejected', 'withdrawn', 'closed')
    );

UPDATE parcel SET counted_at = unit.counted_at
FROM (SELECT parcel_id, min(counted_at) AS counted_at FROM unit_group WHERE parcel_id IS NOT NULL GROUP BY parcel_id) AS unit
WHERE unit.parcel_id = parcel.id;

CREATE INDEX parcel_unidentified ON parcel (signed_at, id)
WHERE case_count = 0 AND signed_at IS NOT NULL AND set_aside_at IS NULL;
CREATE INDEX parcel_silent ON parcel (announced_at, id)
WHERE state = 'announced' AND open_case_count > 0 AND set_aside_at IS NULL;
CREATE INDEX parcel_unopened ON parcel (signed_at, id)
WHERE state = 'signed' AND case_count > 0 AND set_aside_at IS NULL;
CREATE INDEX parcel_uncounted ON parcel (opened_at, id)
WHERE state = 'opened' AND counted_at IS NULL AND open_case_count > 0 AND set_aside_at IS NULL;
CREATE INDEX parcel_weight_gap ON parcel (signed_at, id) WHERE weight_gap = 1 AND set_aside_at IS NULL;
CREATE INDEX parcel_carrier_signed ON parcel (carrier_signed_at, id)
WHERE state = 'announced' AND carrier_signed_at IS NOT NULL AND set_aside_at IS NULL;
CREATE INDEX parcel_follow_up ON parcel (next_follow_up_at, id) WHERE next_follow_up_at IS NOT NULL;
CREATE INDEX rma_follow_up ON rma (next_follow_up_at, id)
WHERE next_follow_up_at IS NOT NULL AND state NOT IN ('rejected', 'withdrawn', 'closed');
CREATE INDEX task_conflict ON task (opened_at, id) WHERE kind = 'conflict' AND state = 'open';

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

-- What is over stays over, so that the count only falls.
CREATE TRIGGER parcel_case_ends AFTER UPDATE OF state ON rma
WHEN NEW.state IN ('rejected', 'withdrawn', 'closed') AND OLD.state NOT IN ('rejected', 'withdrawn', 'closed')
BEGIN
    UPDATE parcel SET open_case_count = open_case_count - 1
    WHERE id IN (SELECT parcel_id FROM parcel_rma WHERE rma_id = NEW.id);
END;

CREATE TRIGGER parcel_is_counted AFTER INSERT ON unit_group WHEN NEW.parcel_id IS NOT NULL
BEGIN
    UPDATE parcel SET counted_at = NEW.counted_at WHERE id = NEW.parcel_id AND counted_at IS NULL;
END;

-- Set aside as it stood: a parcel that moves on, or whose cases change, is looked at anew.
CREATE TRIGGER parcel_moves_on AFTER UPDATE OF state, case_count ON parcel
WHEN OLD.set_aside_at IS NOT NULL AND (NEW.state <> OLD.state OR NEW.case_count <> OLD.case_count)
BEGIN
    UPDATE parcel SET set_aside_at = NULL WHERE id = NEW.id;
END;

-- What counts as too long or too far: data, kept on a page of the desk.
INSERT INTO instance (key, value) VALUES (
    'exceptions',
    '{"silent_days":5,"unopened_hours":24,"uncounted_hours":24,"weight_grams":100,"weight_percent":10,"age_days":[1,3,7]}'
);
