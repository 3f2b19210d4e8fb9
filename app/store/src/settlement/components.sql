SELECT id, settlement_id, rma_line_id, kind, amount_minor, bearer, supplier_id, carrier_id, note
FROM settlement_component
WHERE settlement_id = :settlement_id
ORDER BY id
