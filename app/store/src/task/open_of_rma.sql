SELECT
    id, rma_id, kind, node, round, role, shop_id, warehouse_id, assignee_id, title_zh, title_en, state, due_at,
    warn_at, warned_at, breached_at, opened_at, done_at, done_by
FROM task
WHERE rma_id = :rma_id AND state = 'open'
ORDER BY id
