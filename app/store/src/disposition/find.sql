SELECT id, unit_group_id, rma_id, kind, quantity, person_id, corrects_id, at
FROM disposition
WHERE id = :id
