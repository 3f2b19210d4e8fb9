UPDATE sales_order SET
    customer_id = :customer_id,
    contact_id = :contact_id,
    state = :state,
    ordered_at = :ordered_at,
    paid_at = :paid_at,
    shipped_at = :shipped_at,
    delivered_at = :delivered_at,
    currency = :currency,
    captured_minor = :captured_minor,
    freight_minor = :freight_minor,
    invoice = :invoice,
    source_version = :source_version,
    version = version + 1
WHERE id = :id
