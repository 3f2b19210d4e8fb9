SELECT
    id, number, shop_id, currency, ordered_at, shipped_at, delivered_at, customer_id, contact_id, invoice, release_id
FROM sales_order
WHERE id = :id
