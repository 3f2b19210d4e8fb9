SELECT
    payout.id, payout.settlement_id, payout.key, payout.tender_id, payout.amount_minor, payout.currency, payout.state,
    payout.attempts, payout.gateway_id, payout.error, payout.proof, payout.paid_by, payout.requested_at,
    payout.sent_at, payout.finished_at, payout.next_query_at,
    settlement.rma_id,
    settlement.shop_id,
    rma.number AS rma_number,
    coalesce(sales_order.number, '') AS order_number,
    coalesce(tender.reference, '') AS tender_reference,
    coalesce(tender.kind, '') AS tender_kind
FROM payout
JOIN settlement ON settlement.id = payout.settlement_id
JOIN rma ON rma.id = settlement.rma_id
LEFT JOIN sales_order ON sales_order.id = settlement.order_id
LEFT JOIN tender ON tender.id = payout.tender_id
WHERE payout.id = :id
