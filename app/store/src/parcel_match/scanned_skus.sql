SELECT DISTINCT CAST(scan.result ->> '$.identified.sku' AS INTEGER)
FROM scan
WHERE scan.parcel_id = :parcel_id AND scan.result ->> '$.identified.what' IN ('sku', 'serial')
