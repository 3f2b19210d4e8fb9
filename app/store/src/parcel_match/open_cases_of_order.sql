SELECT rma.id
FROM rma
WHERE rma.state IN ('submitted', 'needs_info', 'in_progress')
    AND rma.id IN (
        SELECT own.id FROM rma AS own WHERE own.order_id = :order_id
        UNION
        SELECT rma_id FROM rma_order WHERE order_id = :order_id
    )
ORDER BY rma.id DESC
