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
WHERE shop_id = :shop_id AND number = :number
