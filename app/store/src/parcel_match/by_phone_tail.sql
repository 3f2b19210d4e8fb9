SELECT rma.id AS rma_id, contact.phone
FROM contact_key
JOIN contact ON contact.id = contact_key.contact_id
JOIN rma ON rma.contact_id = contact.id AND rma.state IN ('submitted', 'needs_info', 'in_progress')
WHERE contact_key.key = :tail AND contact_key.kind = 2
ORDER BY rma.id DESC
LIMIT :limit
