SELECT rma.id
FROM rma
WHERE rma.order_id = :order_id
    AND rma.state NOT IN ('rejected', 'withdrawn', 'closed')
    AND NOT EXISTS (SELECT 1 FROM external_case WHERE external_case.rma_id = rma.id)
ORDER BY rma.id
LIMIT 2
