INSERT INTO pin_try (key, tries, since, blocked_until)
VALUES (:key, :tries, :since, :blocked_until)
ON CONFLICT (key) DO UPDATE
SET tries = excluded.tries, since = excluded.since, blocked_until = excluded.blocked_until
