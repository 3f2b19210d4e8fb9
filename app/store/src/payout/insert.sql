INSERT INTO payout (
    id, settlement_id, key, tender_id, amount_minor, currency, state, attempts, proof, paid_by, requested_at, finished_at
) VALUES (
    :id, :settlement_id, :key, :tender_id, :amount_minor, :currency, :state, :attempts, :proof, :paid_by, :requested_at,
    :finished_at
)
