SELECT shipped_serial.order_line_id, order_line.sku_id
FROM shipped_serial
JOIN order_line ON order_line.id = shipped_serial.order_line_id
WHERE shipped_serial.serial = :serial
ORDER BY shipped_serial.order_line_id DESC
