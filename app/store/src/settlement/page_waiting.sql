SELECT
    id, rma_id, shop_id, order_id, basis, state, net_minor, currency, means, platform_number, note, proposed_by,
    proposed_at, needs_second, approved_by, approved_at, settled_at, local_date, version
FROM settlement
WHERE state = :state
    AND id < :before
    AND (:shops IS NULL OR shop_id IN (SELECT value FROM json_each(:shops)))
ORDER BY id DESC
LIMIT :limit
