SELECT count(*) AS count, coalesce(sum(payout.amount_minor), 0) AS sum_minor
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
