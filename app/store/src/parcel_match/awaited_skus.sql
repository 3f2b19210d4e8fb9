SELECT DISTINCT rma_line.sku_id, sku.name
FROM rma_line
JOIN sku ON sku.id = rma_line.sku_id
WHERE rma_line.rma_id = :rma_id
    AND rma_line.undeclared = 0
    AND rma_line.kind IN (SELECT value FROM json_each(:kinds))
    AND max(rma_line.approved, rma_line.requested) > rma_line.received + rma_line.waived
ORDER BY rma_line.sku_id
