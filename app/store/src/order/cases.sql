SELECT
    rma.id,
    rma.number,
    rma.state,
    rma.origin,
    rma.filed_at,
    rma.owner_id,
    rma.refund_minor
FROM rma
WHERE rma.id IN (
    SELECT id FROM rma WHERE order_id = :order_id
    UNION
    SELECT rma_id FROM rma_order WHERE order_id = :order_id
)
ORDER BY rma.id DESC
LIMIT :limit
