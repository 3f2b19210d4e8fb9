SELECT coalesce(sum(part.amount_minor), 0)
FROM settlement
JOIN settlement_component AS part ON part.settlement_id = settlement.id
WHERE settlement.state IN ('proposed', 'approved', 'executing', 'settled')
    AND settlement.shop_id = :shop_id
    AND settlement.id >= :from_id
    AND settlement.currency = :currency
    AND settlement.proposed_at >= :from
    AND settlement.proposed_at < :until
    AND part.kind IN ('compensation', 'price_difference', 'return_freight')
