SELECT min(shipment.shipped_at)
FROM rma_line
JOIN shipment_line ON shipment_line.order_line_id = rma_line.order_line_id
JOIN shipment ON shipment.id = shipment_line.shipment_id
WHERE rma_line.rma_id = :rma_id
