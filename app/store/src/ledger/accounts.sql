SELECT id, kind, customer_id, bearer, currency, balance_minor
FROM ledger_account
WHERE kind = :kind AND balance_minor <> 0
ORDER BY id
