UPDATE order_line
SET
    claimed = claimed + :claimed,
    claimed_goods = claimed_goods + :goods,
    claimed_unshipped = claimed_unshipped + :unshipped,
    allocated_goods_minor = allocated_goods_minor + :allocated_goods,
    allocated_tax_minor = allocated_tax_minor + :allocated_tax
WHERE id = :id
