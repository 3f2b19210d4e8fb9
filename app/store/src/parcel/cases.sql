SELECT parcel_rma.rma_id, rma.number, rma.state, rma.shop_id
FROM parcel_rma
JOIN rma ON rma.id = parcel_rma.rma_id
WHERE parcel_rma.parcel_id = :parcel_id
ORDER BY parcel_rma.rma_id
