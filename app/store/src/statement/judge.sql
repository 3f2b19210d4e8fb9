UPDATE statement_line
SET state = :state, why = :why, payout_id = :payout_id, matched_by = :matched_by, matched_at = :matched_at
WHERE id = :id AND state = :was
