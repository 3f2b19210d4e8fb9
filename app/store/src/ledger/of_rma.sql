SELECT
    ledger_entry.id, ledger_entry.posting_id, ledger_entry.account_id, ledger_account.kind, ledger_account.bearer,
    ledger_entry.amount_minor, ledger_entry.unit_group_id, ledger_entry.settlement_id, ledger_entry.memo, ledger_entry.at
FROM ledger_entry
JOIN ledger_account ON ledger_account.id = ledger_entry.account_id
WHERE ledger_entry.rma_id = :rma_id
ORDER BY ledger_entry.id
