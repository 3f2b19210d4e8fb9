SELECT rma.id
FROM (
    SELECT
        id,
        shop_id,
        warehouse_id
    FROM rma
    WHERE number >= :prefix
        AND number < :end
    ORDER BY number DESC
    LIMIT :looked_at
) AS rma
WHERE (:scope IS NULL OR EXISTS (
    SELECT 1
    FROM json_each(:scope) AS place
    WHERE (place.value ->> 0 IS NULL OR place.value ->> 0 = rma.shop_id)
        AND (place.value ->> 1 IS NULL OR place.value ->> 1 = rma.warehouse_id)
))
LIMIT :limit
