SELECT
    id, number, shop_id, customer_id, currency, captured_minor, freight_minor, invoice, held_minor,
    held_imported_minor, freight_held_minor
FROM sales_order
WHERE id = :id
