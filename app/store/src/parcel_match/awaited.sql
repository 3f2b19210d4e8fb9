SELECT parcel_rma.rma_id, parcel.waybill
FROM parcel
JOIN parcel_rma ON parcel_rma.parcel_id = parcel.id
WHERE parcel.state = 'announced'
ORDER BY parcel.id DESC
LIMIT :limit
