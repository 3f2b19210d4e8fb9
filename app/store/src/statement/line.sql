SELECT statement_line.id, statement_line.statement_id, statement_line.shop_id, statement_line.line, statement_line.at,
    statement_line.amount_minor, statement_line.currency, statement_line.direction, statement_line.is_final,
    statement_line.channel_reference, statement_line.our_reference, statement_line.text, statement_line.state,
    statement_line.why, statement_line.payout_id, statement_line.matched_by, statement_line.matched_at,
    statement_line.note, rma.id AS rma_id, rma.number AS rma_number, payout.amount_minor AS payout_minor,
    payout.state AS payout_state
FROM statement_line
LEFT JOIN payout ON payout.id = statement_line.payout_id
LEFT JOIN settlement ON settlement.id = payout.settlement_id
LEFT JOIN rma ON rma.id = settlement.rma_id
WHERE statement_line.id = :id
