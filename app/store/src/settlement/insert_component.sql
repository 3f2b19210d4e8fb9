INSERT INTO settlement_component (
    id, settlement_id, rma_line_id, kind, amount_minor, bearer, supplier_id, carrier_id, note
) VALUES (
    :id, :settlement_id, :rma_line_id, :kind, :amount_minor, :bearer, :supplier_id, :carrier_id, :note
)
