INSERT INTO rma_line (
    id, rma_id, position, kind, order_line_id, sku_id, undeclared, reason_id, requested, approved, received,
    share_goods_minor, share_tax_minor, verdict, policy_rule, judgement, window_ends_on, refund_minor, money_done
) VALUES (
    :id, :rma_id, :position, :kind, :order_line_id, :sku_id, :undeclared, :reason_id, :requested, :approved, :received,
    :share_goods_minor, :share_tax_minor, :verdict, :policy_rule, :judgement, :window_ends_on, :refund_minor, :money_done
)
