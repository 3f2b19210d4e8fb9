SELECT
    (SELECT count(*) FROM (SELECT 1 FROM outbox WHERE state = 'pending' LIMIT 1000)) AS pending,
    (SELECT count(*) FROM (SELECT 1 FROM outbox WHERE state = 'failed' LIMIT 1000)) AS failed,
    (SELECT count(*) FROM (SELECT 1 FROM outbox WHERE state = 'unknown' LIMIT 1000)) AS unknown,
    (SELECT count(*) FROM (SELECT 1 FROM outbox WHERE state = 'dead' LIMIT 1000)) AS dead
