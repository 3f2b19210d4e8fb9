INSERT INTO badge (person_id, code_hash, issued_at, issued_by)
VALUES (:person_id, :code_hash, :at, :by)
ON CONFLICT (person_id) DO UPDATE
SET code_hash = excluded.code_hash, issued_at = excluded.issued_at, issued_by = excluded.issued_by
