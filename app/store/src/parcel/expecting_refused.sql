SELECT DISTINCT rma.id
FROM order_line
JOIN rma_line ON rma_line.order_line_id = order_line.id AND rma_line.kind IN ('refused', 'intercepted')
JOIN rma ON rma.id = rma_line.rma_id AND rma.state IN ('submitted', 'needs_info', 'in_progress')
WHERE order_line.order_id = :order_id
ORDER BY rma.id
