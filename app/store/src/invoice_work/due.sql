SELECT invoice_work.id, invoice_work.order_id, invoice_work.rma_id, invoice_work.invoice, invoice_work.amount_minor,
    invoice_work.state, invoice_work.number, invoice_work.opened_at, invoice_work.done_at, invoice_work.done_by,
    rma.number AS rma_number, rma.currency AS currency, sales_order.number AS order_number
FROM invoice_work
JOIN rma ON rma.id = invoice_work.rma_id
JOIN sales_order ON sales_order.id = invoice_work.order_id
WHERE invoice_work.state = :state
    AND invoice_work.id < :before
    AND (:scope IS NULL OR EXISTS (
        SELECT 1
        FROM json_each(:scope) AS place
        WHERE (place.value ->> 0 IS NULL OR place.value ->> 0 = rma.shop_id)
            AND (place.value ->> 1 IS NULL OR place.value ->> 1 = rma.warehouse_id)
    ))
ORDER BY invoice_work.id DESC
LIMIT :limit
