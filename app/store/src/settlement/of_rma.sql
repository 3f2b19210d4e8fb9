SELECT
    id, rma_id, shop_id, order_id, basis, state, net_minor, currency, means, platform_number, note, proposed_by,
    proposed_at, needs_second, approved_by, approved_at, settled_at, local_date, version
FROM settlement
WHERE rma_id = :rma_id
ORDER BY id
