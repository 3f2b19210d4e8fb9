SELECT
    id, rma_id, rma_line_id, parcel_id, warehouse_id, sku_id, quantity, reception, serial, lot, expires_on, swapped,
    grade_id, liability, inspected_at, dispositioned_at, counted_at, version
FROM unit_group
WHERE id = :id
