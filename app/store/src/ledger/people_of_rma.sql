-- A verb records its event after it has posted, at the same time.
SELECT
    entry.id,
    (
        SELECT event.actor_id
        FROM event
        WHERE event.rma_id = entry.rma_id AND event.id > entry.id AND event.at = entry.at AND event.actor_kind = 'person'
        ORDER BY event.id
        LIMIT 1
    ) AS person_id
FROM ledger_entry AS entry
WHERE entry.rma_id = :rma_id
ORDER BY entry.id
