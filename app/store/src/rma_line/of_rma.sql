SELECT
    id, rma_id, position, kind, order_line_id, sku_id, undeclared, reason_id, requested, approved, received, waived,
    accepted, refused, dispositioned, share_goods_minor, share_tax_minor, cap_counted_minor, settled_minor,
    settled_counted_minor, money_done, verdict, policy_rule, judgement, window_ends_on, refund_minor
FROM rma_line
WHERE rma_id = :rma_id
ORDER BY position
