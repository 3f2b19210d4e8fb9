SELECT
    id, unit_group_id, rma_id, inspector_id, checklist, answers, grade_id, accepted, liability, note, seconds_spent, at
FROM inspection
WHERE unit_group_id = :unit_group_id
ORDER BY id DESC
LIMIT 1
