INSERT INTO ledger_entry (
    id, posting_id, account_id, amount_minor, rma_id, settlement_id, unit_group_id, memo, at
) VALUES (
    :id, :posting_id, :account_id, :amount_minor, :rma_id, :settlement_id, :unit_group_id, :memo, :at
)
