UPDATE outbound_order
SET
    state = 'shipped',
    carrier_id = :carrier_id,
    waybill = :waybill,
    shipped_at = :at,
    version = version + 1
WHERE id = :id AND state = 'open'
