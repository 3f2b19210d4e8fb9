SELECT
    rma_line.id,
    rma_line.order_line_id,
    order_line.order_id,
    coalesce(max(order_line.ordered - order_line.cancelled - order_line.shipped, 0), 0) AS unshipped,
    coalesce((
        SELECT sum(other.approved)
        FROM rma_line AS other
        WHERE other.order_line_id = rma_line.order_line_id AND other.kind = 'unshipped_refund'
            AND other.id <> rma_line.id AND other.settled_minor > 0
    ), 0) AS unshipped_paid_elsewhere
FROM rma_line
LEFT JOIN order_line ON order_line.id = rma_line.order_line_id
WHERE rma_line.rma_id = :rma_id
ORDER BY rma_line.position
