SELECT id, kind, customer_id, bearer, currency, balance_minor
FROM ledger_account
WHERE kind = :kind AND coalesce(customer_id, 0) = :customer_id
ORDER BY bearer, currency
