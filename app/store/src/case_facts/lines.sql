SELECT
    rma_line.kind,
    rma_line.reason_id,
    rma_line.requested,
    rma_line.share_goods_minor + rma_line.share_tax_minor AS share_minor,
    coalesce(sku.category, '') AS category,
    coalesce(sku.resalable, 1) AS resalable
FROM rma_line
LEFT JOIN sku ON sku.id = rma_line.sku_id
WHERE rma_line.rma_id = :rma_id AND rma_line.undeclared = 0
ORDER BY rma_line.position
