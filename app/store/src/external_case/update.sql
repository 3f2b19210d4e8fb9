UPDATE external_case SET
    rma_id = :rma_id,
    order_number = :order_number,
    raw_status = :raw_status,
    mapped_status = :mapped_status,
    kind = :kind,
    amount_minor = :amount_minor,
    currency = :currency,
    due_at = :due_at,
    source_version = :source_version,
    conflict = :conflict,
    seen_at = :seen_at
WHERE id = :id
