SELECT
    outbound_line.rma_line_id,
    outbound_order.kind,
    sum(outbound_line.quantity) FILTER (WHERE outbound_order.state <> 'waived') AS quantity,
    sum(outbound_line.quantity) FILTER (WHERE outbound_order.state = 'delivered') AS delivered,
    sum(outbound_line.quantity) FILTER (WHERE outbound_order.state = 'waived') AS waived
FROM outbound_order
JOIN outbound_line ON outbound_line.outbound_order_id = outbound_order.id
WHERE outbound_order.rma_id = :rma_id
GROUP BY outbound_line.rma_line_id, outbound_order.kind
