SELECT
    account.id, account.customer_id, customer.customer_no, account.currency, account.balance_minor
FROM ledger_account AS account
JOIN customer ON customer.id = account.customer_id
WHERE account.kind = 'store_credit'
    AND account.balance_minor <> 0
    AND account.id < :before
ORDER BY account.id DESC
LIMIT :limit
