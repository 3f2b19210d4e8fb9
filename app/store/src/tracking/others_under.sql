SELECT parcel.id, parcel.state, parcel_rma.rma_id
FROM parcel
LEFT JOIN parcel_rma ON parcel_rma.parcel_id = parcel.id
WHERE parcel.waybill = :waybill AND parcel.id <> :parcel_id
ORDER BY parcel.id DESC
LIMIT 50
