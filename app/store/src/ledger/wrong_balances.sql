SELECT id
FROM ledger_account
WHERE balance_minor <> (
    SELECT coalesce(sum(amount_minor), 0)
    FROM ledger_entry
    WHERE ledger_entry.account_id = ledger_account.id
)
