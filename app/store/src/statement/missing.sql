SELECT payout.id, payout.amount_minor, payout.currency, payout.state, coalesce(payout.gateway_id, payout.proof) AS reference,
    settlement.means, settlement.rma_id, rma.number AS rma_number,
    coalesce(payout.finished_at, payout.sent_at, payout.requested_at) AS at, 0 AS is_taken
FROM settlement
JOIN payout ON payout.settlement_id = settlement.id
JOIN rma ON rma.id = settlement.rma_id
WHERE settlement.shop_id = :shop_id
    AND payout.currency = :currency
    AND payout.state IN ('sent', 'unknown', 'done', 'manual')
    AND coalesce(payout.finished_at, payout.sent_at, payout.requested_at) BETWEEN :from_at AND :until_at
    AND NOT EXISTS (
        SELECT 1
        FROM statement_line
        WHERE statement_line.payout_id = payout.id AND statement_line.state IN ('matched', 'suggested')
    )
    AND payout.id > :after
ORDER BY payout.id
LIMIT :limit
