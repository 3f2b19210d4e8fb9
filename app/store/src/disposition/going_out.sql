SELECT unit_group.rma_line_id, disposition.kind, sum(disposition.quantity) AS quantity
FROM unit_group
JOIN disposition ON disposition.unit_group_id = unit_group.id
WHERE unit_group.rma_id = :rma_id
    AND disposition.kind IN ('repair', 'send_back')
    AND NOT EXISTS (SELECT 1 FROM disposition AS correction WHERE correction.corrects_id = disposition.id)
GROUP BY unit_group.rma_line_id, disposition.kind
