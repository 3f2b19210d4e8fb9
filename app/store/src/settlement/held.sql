SELECT settlement.basis, settlement_component.kind, settlement_component.rma_line_id,
    sum(settlement_component.amount_minor) AS amount_minor
FROM settlement
JOIN settlement_component ON settlement_component.settlement_id = settlement.id
WHERE settlement.rma_id = :rma_id AND settlement.state <> 'cancelled'
GROUP BY settlement.basis, settlement_component.kind, settlement_component.rma_line_id
