INSERT INTO inspection (
    id, unit_group_id, rma_id, inspector_id, checklist, answers, grade_id, accepted, liability, note, seconds_spent, at
) VALUES (
    :id, :unit_group_id, :rma_id, :inspector_id, :checklist, :answers, :grade_id, :accepted, :liability, :note,
    :seconds_spent, :at
)
