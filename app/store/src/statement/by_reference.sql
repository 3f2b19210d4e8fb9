WITH named (id) AS (
    SELECT id FROM payout WHERE :ours <> '' AND key = :ours
    UNION
    SELECT id FROM payout WHERE :ours <> '' AND gateway_id = :ours
    UNION
    SELECT id FROM payout WHERE :channel <> '' AND gateway_id = :channel
    UNION
    SELECT id FROM payout WHERE :channel <> '' AND proof <> '' AND proof = :channel
)
SELECT payout.id, payout.amount_minor, payout.currency, payout.state, coalesce(payout.gateway_id, payout.proof) AS reference,
    settlement.means, settlement.rma_id, rma.number AS rma_number,
    coalesce(payout.finished_at, payout.sent_at, payout.requested_at) AS at,
    EXISTS (
        SELECT 1
        FROM statement_line
        WHERE statement_line.payout_id = payout.id AND statement_line.state = 'matched'
    ) AS is_taken
FROM named
JOIN payout ON payout.id = named.id
JOIN settlement ON settlement.id = payout.settlement_id
JOIN rma ON rma.id = settlement.rma_id
WHERE settlement.shop_id = :shop_id
ORDER BY
    is_taken,
    payout.state IN ('requested', 'failed'),
    abs(payout.amount_minor - :amount_minor),
    payout.id
LIMIT 1
