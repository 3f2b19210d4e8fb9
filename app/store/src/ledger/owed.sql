SELECT
    min(id) AS account_id, bearer, currency, sum(owed_minor) AS owed_minor, count(*) AS cases
FROM (
    SELECT
        account.id, account.bearer, account.currency, sum(entry.amount_minor) AS owed_minor
    FROM ledger_account AS account
    CROSS JOIN ledger_entry AS entry ON entry.account_id = account.id
    CROSS JOIN rma ON rma.id = +entry.rma_id
    WHERE account.kind = 'receivable'
        AND (:scope IS NULL OR EXISTS (
            SELECT 1
            FROM json_each(:scope) AS place
            WHERE (place.value ->> 0 IS NULL OR place.value ->> 0 = rma.shop_id)
                AND (place.value ->> 1 IS NULL OR place.value ->> 1 = rma.warehouse_id)
        ))
    GROUP BY account.id, rma.id
    HAVING sum(entry.amount_minor) <> 0
)
GROUP BY bearer, currency
ORDER BY bearer, currency
