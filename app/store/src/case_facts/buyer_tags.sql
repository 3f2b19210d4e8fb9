SELECT tag FROM customer_tag WHERE customer_id = :customer_id
UNION
SELECT block_key.tag
FROM contact
JOIN block_key ON (block_key.kind = 'phone' AND block_key.value = contact.phone)
    OR (block_key.kind = 'nickname' AND block_key.value = contact.nickname)
    OR (block_key.kind = 'address' AND block_key.value = contact.address)
WHERE contact.id = :contact_id
