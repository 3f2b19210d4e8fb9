SELECT DISTINCT scan.result ->> '$.identified.sku'
FROM scan
WHERE scan.parcel_id = :parcel_id AND scan.result ->> '$.identified.what' IN ('sku', 'serial')
