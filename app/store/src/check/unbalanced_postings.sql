SELECT ledger_entry.posting_id AS posting_id
FROM ledger_entry
JOIN ledger_account ON ledger_account.id = ledger_entry.account_id
GROUP BY ledger_entry.posting_id, ledger_account.currency
HAVING sum(ledger_entry.amount_minor) <> 0
LIMIT :limit
