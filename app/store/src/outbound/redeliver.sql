UPDATE order_line
SET
    redelivered = redelivered + :quantity,
    redelivered_goods_minor = redelivered_goods_minor + :goods,
    redelivered_tax_minor = redelivered_tax_minor + :tax
WHERE id = :id
