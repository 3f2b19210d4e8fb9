UPDATE payout
SET
    state = :state,
    gateway_id = coalesce(:gateway_id, gateway_id),
    error = :error,
    finished_at = :finished_at,
    next_query_at = :next_query_at
WHERE id = :id AND state IN ('sent', 'unknown')
