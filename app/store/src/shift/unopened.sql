SELECT id, waybill, signed_at AS since, parked_at IS NOT NULL AS parked
FROM parcel
WHERE state = 'signed' AND warehouse_id = :warehouse_id
ORDER BY signed_at, id
LIMIT :limit
