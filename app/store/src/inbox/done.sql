SELECT
    task.id, task.kind, task.node, task.round, task.title_zh, task.title_en, task.state, task.due_at, task.breached_at,
    task.opened_at, task.done_at, task.assignee_id, task.rma_id, rma.number, rma.summary, rma.shop_id,
    rma.warehouse_id AS case_warehouse_id, rma.state AS case_state, rma.refund_minor, rma.currency, rma.platform_due_at
FROM task
LEFT JOIN rma ON rma.id = task.rma_id
WHERE task.done_by = :person AND task.state = 'done' AND task.id < :before
ORDER BY task.id DESC
LIMIT :limit
