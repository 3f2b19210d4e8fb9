-- Each count is a search of an index; as joined derived tables each would be written to a table of its own first.
SELECT
    (
        SELECT count(*)
        FROM unit_group
        JOIN rma_line ON rma_line.id = unit_group.rma_line_id
        WHERE unit_group.rma_id = :rma_id AND unit_group.reception <> 'missing' AND rma_line.undeclared = 0
    ) AS declared,
    (
        SELECT count(*)
        FROM unit_group
        JOIN rma_line ON rma_line.id = unit_group.rma_line_id
        WHERE unit_group.rma_id = :rma_id AND unit_group.reception <> 'missing' AND rma_line.undeclared = 1
    ) AS undeclared,
    (
        SELECT count(*) FROM unit_group
        WHERE rma_id = :rma_id AND reception <> 'missing' AND inspected_at IS NULL
    ) AS uninspected,
    (
        SELECT count(*) FROM unit_group
        WHERE rma_id = :rma_id AND reception <> 'missing' AND dispositioned_at IS NULL
    ) AS undispositioned,
    (
        SELECT count(*)
        FROM parcel_rma
        JOIN parcel ON parcel.id = parcel_rma.parcel_id
        WHERE parcel_rma.rma_id = :rma_id AND parcel.state = 'announced'
    ) AS announced,
    (
        SELECT count(*)
        FROM parcel_rma
        JOIN parcel ON parcel.id = parcel_rma.parcel_id
        WHERE parcel_rma.rma_id = :rma_id AND parcel.state = 'signed'
    ) AS signed,
    (
        SELECT count(*)
        FROM parcel_rma
        JOIN parcel ON parcel.id = parcel_rma.parcel_id
        WHERE parcel_rma.rma_id = :rma_id AND parcel.state = 'opened'
    ) AS opened,
    (SELECT count(*) FROM settlement WHERE rma_id = :rma_id AND state = 'proposed') AS proposed,
    (SELECT count(*) FROM settlement WHERE rma_id = :rma_id AND state = 'approved') AS approved,
    (SELECT count(*) FROM settlement WHERE rma_id = :rma_id AND state = 'executing') AS executing,
    (SELECT count(*) FROM settlement WHERE rma_id = :rma_id AND state = 'settled') AS settled,
    (
        SELECT count(*)
        FROM settlement
        JOIN payout ON payout.settlement_id = settlement.id
        WHERE settlement.rma_id = :rma_id AND settlement.state = 'executing' AND payout.state = 'unknown'
    ) AS unknown,
    (
        -- A refusal counts while nothing took its place.
        SELECT count(*)
        FROM settlement
        JOIN payout ON payout.settlement_id = settlement.id
        WHERE settlement.rma_id = :rma_id AND settlement.state = 'executing' AND payout.state = 'failed'
            AND NOT EXISTS (
                SELECT 1 FROM payout AS later
                WHERE later.settlement_id = payout.settlement_id AND later.tender_id IS payout.tender_id
                    AND later.id > payout.id
            )
    ) AS failed,
    (SELECT count(*) FROM outbound_order WHERE rma_id = :rma_id AND state IN ('open', 'shipped')) AS outbound_open,
    (SELECT count(*) FROM outbound_order WHERE rma_id = :rma_id AND state IN ('delivered', 'waived')) AS outbound_closed,
    (SELECT count(*) FROM outbound_order WHERE rma_id = :rma_id AND shipped_at IS NOT NULL) AS outbound_left,
    (SELECT count(*) FROM invoice_work WHERE rma_id = :rma_id AND state = 'open') AS invoices_open
