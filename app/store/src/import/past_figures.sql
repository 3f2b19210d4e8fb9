INSERT INTO rma_history (
    rma_line_id,
    source,
    refund_goods_minor,
    refund_tax_minor,
    fee_minor,
    refund_shipping_minor,
    cash_minor,
    charge_minor,
    credit_minor
) VALUES (
    :rma_line_id,
    'import',
    :refund_goods_minor,
    :refund_tax_minor,
    :fee_minor,
    :refund_shipping_minor,
    :cash_minor,
    :charge_minor,
    :credit_minor
)
