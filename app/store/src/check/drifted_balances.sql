SELECT ledger_account.id AS id
FROM ledger_account
LEFT JOIN ledger_entry ON ledger_entry.account_id = ledger_account.id
GROUP BY ledger_account.id
HAVING ledger_account.balance_minor <> coalesce(sum(ledger_entry.amount_minor), 0)
LIMIT :limit
