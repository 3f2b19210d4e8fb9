INSERT INTO case_copy (id, person_id, rma_id, node, round, title_zh, title_en, at)
VALUES (:id, :person_id, :rma_id, :node, :round, :title_zh, :title_en, :at)
ON CONFLICT (rma_id, node, round, person_id) DO UPDATE SET
    id = excluded.id,
    at = excluded.at,
    read_at = NULL,
    taken_back_at = NULL
WHERE taken_back_at IS NOT NULL
