SELECT
    id, settlement_id, key, tender_id, amount_minor, currency, state, attempts, gateway_id, error, proof, paid_by,
    requested_at, sent_at, finished_at, next_query_at
FROM payout
WHERE state IN ('requested', 'sent', 'unknown') AND state = 'unknown'
ORDER BY id
LIMIT :limit
