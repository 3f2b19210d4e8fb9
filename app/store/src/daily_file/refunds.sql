SELECT
    settlement.id AS settlement_id,
    settlement.settled_at,
    rma.number AS rma_number,
    coalesce(sales_order.number, '') AS order_number,
    settlement.basis,
    settlement.means,
    settlement.currency,
    coalesce(sum(part.amount_minor) FILTER (WHERE part.kind = 'goods'), 0) AS goods_minor,
    coalesce(sum(part.amount_minor) FILTER (WHERE part.kind = 'tax'), 0) AS tax_minor,
    coalesce(sum(part.amount_minor) FILTER (WHERE part.kind = 'outbound_freight'), 0) AS outbound_freight_minor,
    coalesce(sum(part.amount_minor) FILTER (WHERE part.kind = 'return_freight'), 0) AS return_freight_minor,
    coalesce(sum(part.amount_minor) FILTER (WHERE part.kind IN ('price_difference', 'compensation')), 0)
        AS compensation_minor,
    coalesce(sum(part.amount_minor) FILTER (WHERE part.kind IN ('deduction', 'fee')), 0) AS withheld_minor,
    settlement.net_minor,
    settlement.platform_number,
    coalesce((
        SELECT group_concat(coalesce(payout.gateway_id, payout.proof), ' ')
        FROM payout
        WHERE payout.settlement_id = settlement.id AND payout.state IN ('done', 'manual')
    ), '') AS payment_references,
    proposer.name AS proposed_by,
    coalesce(approver.name, '') AS approved_by
FROM settlement
JOIN rma ON rma.id = settlement.rma_id
JOIN person AS proposer ON proposer.id = settlement.proposed_by
LEFT JOIN person AS approver ON approver.id = settlement.approved_by
LEFT JOIN sales_order ON sales_order.id = settlement.order_id
LEFT JOIN settlement_component AS part ON part.settlement_id = settlement.id
WHERE settlement.local_date = :day AND settlement.shop_id = :shop_id
GROUP BY settlement.id
ORDER BY settlement.id
