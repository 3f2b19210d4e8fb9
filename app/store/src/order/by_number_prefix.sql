SELECT
    id,
    number
FROM sales_order
WHERE number >= :prefix
    AND number < :end
    AND (number, id) > (:after_number, :after_id)
    AND (:shops IS NULL OR shop_id IN (SELECT value FROM json_each(:shops)))
ORDER BY number, id
LIMIT :limit
