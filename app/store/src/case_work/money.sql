SELECT
    settlement_component.rma_line_id,
    sum(settlement_component.amount_minor) FILTER (WHERE settlement.state = 'settled'
        AND settlement_component.amount_minor > 0) AS settled_minor,
    sum(settlement_component.amount_minor) FILTER (WHERE settlement.state = 'settled') AS paid_minor,
    sum(settlement_component.amount_minor) FILTER (WHERE settlement.state <> 'settled') AS open_minor
FROM settlement
JOIN settlement_component ON settlement_component.settlement_id = settlement.id
WHERE settlement.rma_id = :rma_id AND settlement.state <> 'cancelled' AND settlement_component.rma_line_id IS NOT NULL
GROUP BY settlement_component.rma_line_id
