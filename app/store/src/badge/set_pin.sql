INSERT INTO badge (person_id, pin_hash, pin_set_at)
VALUES (:person_id, :pin_hash, :at)
ON CONFLICT (person_id) DO UPDATE
SET pin_hash = excluded.pin_hash, pin_set_at = excluded.pin_set_at
