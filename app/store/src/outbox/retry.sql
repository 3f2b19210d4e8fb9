UPDATE outbox
SET state = 'pending', attempts = 0, held = '', next_attempt_at = max(:now, not_before)
WHERE id = :id AND state IN ('pending', 'failed', 'unknown', 'dead') AND next_attempt_at <= :claimed_until
