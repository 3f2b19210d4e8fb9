INSERT INTO outbound_line (id, outbound_order_id, rma_line_id, sku_id, quantity)
VALUES (:id, :outbound_order_id, :rma_line_id, :sku_id, :quantity)
