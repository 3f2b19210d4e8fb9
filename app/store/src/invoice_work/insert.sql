INSERT INTO invoice_work (id, order_id, rma_id, invoice, amount_minor, state, opened_at)
VALUES (:id, :order_id, :rma_id, :invoice, :amount_minor, 'open', :opened_at)
