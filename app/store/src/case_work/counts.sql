SELECT
    declared, undeclared, uninspected, undispositioned, announced, signed, opened,
    proposed, approved, executing, settled, unknown, failed, outbound_open, outbound_closed, invoices_open
FROM
    (
        SELECT
            count(*) FILTER (WHERE rma_line.undeclared = 0) AS declared,
            count(*) FILTER (WHERE rma_line.undeclared = 1) AS undeclared,
            count(*) FILTER (WHERE unit_group.inspected_at IS NULL) AS uninspected,
            count(*) FILTER (WHERE unit_group.dispositioned_at IS NULL) AS undispositioned
        FROM unit_group
        JOIN rma_line ON rma_line.id = unit_group.rma_line_id
        WHERE unit_group.rma_id = :rma_id AND unit_group.reception <> 'missing'
    ),
    (
        SELECT
            count(*) FILTER (WHERE parcel.state = 'announced') AS announced,
            count(*) FILTER (WHERE parcel.state = 'signed') AS signed,
            count(*) FILTER (WHERE parcel.state = 'opened') AS opened
        FROM parcel_rma
        JOIN parcel ON parcel.id = parcel_rma.parcel_id
        WHERE parcel_rma.rma_id = :rma_id
    ),
    (
        SELECT
            count(*) FILTER (WHERE state = 'proposed') AS proposed,
            count(*) FILTER (WHERE state = 'approved') AS approved,
            count(*) FILTER (WHERE state = 'executing') AS executing,
            count(*) FILTER (WHERE state = 'settled') AS settled
        FROM settlement
        WHERE rma_id = :rma_id
    ),
    (
        -- A refusal counts while nothing took its place.
        SELECT
            count(*) FILTER (WHERE payout.state = 'unknown') AS unknown,
            count(*) FILTER (WHERE payout.state = 'failed' AND NOT EXISTS (
                SELECT 1 FROM payout AS later
                WHERE later.settlement_id = payout.settlement_id AND later.tender_id IS payout.tender_id
                    AND later.id > payout.id
            )) AS failed
        FROM settlement
        JOIN payout ON payout.settlement_id = settlement.id
        WHERE settlement.rma_id = :rma_id AND settlement.state = 'executing'
    ),
    (
        SELECT
            count(*) FILTER (WHERE state IN ('open', 'shipped')) AS outbound_open,
            count(*) FILTER (WHERE state IN ('delivered', 'waived')) AS outbound_closed
        FROM outbound_order
        WHERE rma_id = :rma_id
    ),
    (
        SELECT count(*) AS invoices_open
        FROM invoice_work
        WHERE rma_id = :rma_id AND state = 'open'
    )
