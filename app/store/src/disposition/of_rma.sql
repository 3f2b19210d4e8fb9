SELECT
    disposition.id, disposition.unit_group_id, disposition.rma_id, disposition.kind, disposition.quantity,
    disposition.person_id, disposition.corrects_id, disposition.at
FROM unit_group
JOIN disposition ON disposition.unit_group_id = unit_group.id
WHERE unit_group.rma_id = :rma_id
ORDER BY disposition.id
