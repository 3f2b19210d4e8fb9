-- One row for each account that owes on a case, by its first entry. From the accounts of what is owed, which are few beside
-- the entries of every refund.
SELECT
    entry.id AS first_id, entry.rma_id, entry.account_id
FROM ledger_account AS account
CROSS JOIN ledger_entry AS entry ON entry.account_id = account.id
CROSS JOIN rma ON rma.id = +entry.rma_id
WHERE account.kind = 'receivable'
    AND entry.id < :before
    AND (:account IS NULL OR entry.account_id = :account)
    AND (:bearer IS NULL OR account.bearer = :bearer OR account.bearer LIKE :bearer || ':%')
    AND NOT EXISTS (
        SELECT 1
        FROM ledger_entry AS earlier
        WHERE earlier.rma_id = entry.rma_id AND +earlier.account_id = entry.account_id AND earlier.id < entry.id
    )
    AND (:open IS NULL OR :open = (
        SELECT sum(every.amount_minor) <> 0
        FROM ledger_entry AS every
        WHERE every.rma_id = entry.rma_id AND +every.account_id = entry.account_id
    ))
    AND (:scope IS NULL OR EXISTS (
        SELECT 1
        FROM json_each(:scope) AS place
        WHERE (place.value ->> 0 IS NULL OR place.value ->> 0 = rma.shop_id)
            AND (place.value ->> 1 IS NULL OR place.value ->> 1 = rma.warehouse_id)
    ))
ORDER BY entry.id DESC
LIMIT :limit
