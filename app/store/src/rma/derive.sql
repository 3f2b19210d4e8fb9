UPDATE rma
SET
    state = :state,
    stage = :stage,
    goods_state = :goods_state,
    money_state = :money_state,
    refund_minor = :refund_minor,
    due_at = :due_at,
    warn_at = :warn_at,
    agreed_at = :agreed_at,
    received_at = :received_at,
    inspected_at = :inspected_at,
    settled_at = :settled_at,
    closed_at = :closed_at,
    version = version + 1
WHERE id = :id
