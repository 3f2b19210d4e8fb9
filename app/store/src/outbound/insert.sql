INSERT INTO outbound_order (id, number, rma_id, shop_id, warehouse_id, kind, state, contact_id, opened_at)
VALUES (:id, :number, :rma_id, :shop_id, :warehouse_id, :kind, :state, :contact_id, :opened_at)
