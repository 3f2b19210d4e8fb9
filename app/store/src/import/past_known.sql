SELECT
    rma_line.order_line_id,
    rma_line.sku_id,
    rma_line.reason_id,
    rma_line.requested,
    rma_history.refund_goods_minor,
    rma_history.refund_tax_minor,
    rma_history.fee_minor,
    rma_history.refund_shipping_minor,
    rma_history.cash_minor,
    rma_history.charge_minor,
    rma_history.credit_minor
FROM rma_line
JOIN rma_history ON rma_history.rma_line_id = rma_line.id
WHERE rma_line.rma_id = :id
ORDER BY rma_line.position
