SELECT id, kind, reference, amount_minor, refunded_minor
FROM tender
WHERE order_id = :order_id
ORDER BY id
