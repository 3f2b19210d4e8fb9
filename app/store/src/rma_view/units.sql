SELECT
    unit_group.id, unit_group.rma_line_id, unit_group.quantity, unit_group.reception, unit_group.serial, unit_group.lot,
    unit_group.grade_id, unit_group.liability,
    (
        SELECT disposition.kind
        FROM disposition
        WHERE disposition.unit_group_id = unit_group.id
        ORDER BY disposition.id DESC
        LIMIT 1
    ) AS disposition,
    unit_group.counted_at
FROM unit_group
WHERE unit_group.rma_id = :rma_id
ORDER BY unit_group.id
