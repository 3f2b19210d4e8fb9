SELECT
    rma_line.rma_id,
    rma_line.sku_id,
    sum(max(rma_line.approved, rma_line.requested) - rma_line.received - rma_line.waived) AS quantity
FROM json_each(:skus) AS wanted
JOIN rma_line ON rma_line.sku_id = wanted.value
JOIN rma ON rma.id = rma_line.rma_id AND rma.state IN ('submitted', 'needs_info', 'in_progress')
WHERE rma_line.undeclared = 0
    AND rma_line.kind IN (SELECT value FROM json_each(:kinds))
    AND max(rma_line.approved, rma_line.requested) > rma_line.received + rma_line.waived
GROUP BY rma_line.rma_id, rma_line.sku_id
ORDER BY rma_line.rma_id DESC
LIMIT :limit
