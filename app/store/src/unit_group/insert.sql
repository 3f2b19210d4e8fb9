INSERT INTO unit_group (
    id, rma_id, rma_line_id, parcel_id, warehouse_id, sku_id, quantity, reception, serial, lot, expires_on, swapped,
    grade_id, liability, inspected_at, dispositioned_at, counted_at
) VALUES (
    :id, :rma_id, :rma_line_id, :parcel_id, :warehouse_id, :sku_id, :quantity, :reception, :serial, :lot, :expires_on,
    :swapped, :grade_id, :liability, :inspected_at, :dispositioned_at, :counted_at
)
