INSERT INTO shift_work (shift_id, kind, subject_id, quantity, at)
VALUES (:shift_id, :kind, :subject_id, :quantity, :at)
ON CONFLICT DO NOTHING
