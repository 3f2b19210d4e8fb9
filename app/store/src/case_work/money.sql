SELECT
    part.rma_line_id,
    sum(part.amount_minor) FILTER (WHERE settlement.state = 'settled' AND part.kind IN ('goods', 'tax')) AS settled_minor,
    sum(part.amount_minor) FILTER (WHERE settlement.state = 'settled'
        AND part.kind IN ('compensation', 'price_difference')) AS settled_extra_minor,
    sum(part.amount_minor) FILTER (WHERE settlement.state = 'settled') AS paid_minor,
    sum(part.amount_minor) FILTER (WHERE settlement.state <> 'settled') AS open_minor
FROM settlement
JOIN settlement_component AS part ON part.settlement_id = settlement.id
WHERE settlement.rma_id = :rma_id AND settlement.state <> 'cancelled' AND part.rma_line_id IS NOT NULL
GROUP BY part.rma_line_id
