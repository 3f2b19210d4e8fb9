SELECT
    id,
    shop_id,
    platform,
    number,
    rma_id,
    order_number,
    raw_status,
    mapped_status,
    kind,
    amount_minor,
    currency,
    due_at,
    source_version,
    conflict,
    seen_at
FROM external_case
WHERE (coalesce(due_at, 9223372036854775807), id) > (:after_due, :after_id)
    AND (:shop_id IS NULL OR shop_id = :shop_id)
    AND (:unlinked = 0 OR rma_id IS NULL)
    AND (:conflict = 0 OR conflict IS NOT NULL)
ORDER BY coalesce(due_at, 9223372036854775807), id
LIMIT :limit
