SELECT payout.id, payout.amount_minor, payout.currency, payout.state, coalesce(payout.gateway_id, payout.proof) AS reference,
    settlement.means, settlement.rma_id, rma.number AS rma_number,
    coalesce(payout.finished_at, payout.sent_at, payout.requested_at) AS at, 0 AS is_taken
FROM payout
JOIN settlement ON settlement.id = payout.settlement_id
JOIN rma ON rma.id = settlement.rma_id
WHERE payout.amount_minor = :amount_minor
    AND payout.currency = :currency
    AND payout.state IN ('sent', 'unknown', 'done', 'manual')
    AND settlement.shop_id = :shop_id
    AND abs(coalesce(payout.finished_at, payout.sent_at, payout.requested_at) - :at) <= :window_ms
    AND NOT EXISTS (
        SELECT 1
        FROM statement_line
        WHERE statement_line.payout_id = payout.id
            AND statement_line.state IN ('matched', 'suggested')
            AND statement_line.id <> :line
    )
ORDER BY abs(coalesce(payout.finished_at, payout.sent_at, payout.requested_at) - :at), payout.id
LIMIT 1
