INSERT INTO disposition (id, unit_group_id, rma_id, kind, quantity, person_id, corrects_id, at)
VALUES (:id, :unit_group_id, :rma_id, :kind, :quantity, :person_id, :corrects_id, :at)
