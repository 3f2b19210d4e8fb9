SELECT id, order_id, rma_id, invoice, amount_minor, state, number, opened_at, done_at, done_by
FROM invoice_work
WHERE id = :id
