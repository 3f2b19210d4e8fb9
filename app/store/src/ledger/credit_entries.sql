SELECT
    entry.id, account.currency, entry.amount_minor, entry.rma_id, entry.at
FROM ledger_account AS account
JOIN ledger_entry AS entry ON entry.account_id = account.id
WHERE account.kind = 'store_credit'
    AND coalesce(account.customer_id, 0) = :customer_id
    AND entry.id < :before
ORDER BY entry.id DESC
LIMIT :limit
