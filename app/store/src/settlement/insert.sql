INSERT INTO settlement (
    id, rma_id, shop_id, order_id, basis, state, net_minor, currency, means, platform_number, note, proposed_by,
    proposed_at, needs_second, approved_by, approved_at
) VALUES (
    :id, :rma_id, :shop_id, :order_id, :basis, :state, :net_minor, :currency, :means, :platform_number, :note,
    :proposed_by, :proposed_at, :needs_second, :approved_by, :approved_at
)
