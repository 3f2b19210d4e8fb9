INSERT INTO task (
    id, rma_id, kind, node, round, role, shop_id, warehouse_id, assignee_id, title_zh, title_en, state, due_at,
    warn_at, warned_at, breached_at, opened_at
) VALUES (
    :id, :rma_id, :kind, :node, :round, :role, :shop_id, :warehouse_id, :assignee_id, :title_zh, :title_en, 'open',
    :due_at, :warn_at, :warned_at, :breached_at, :opened_at
)
