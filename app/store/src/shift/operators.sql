SELECT person_id
FROM shift
WHERE device_id = :device_id AND (ended_at IS NULL OR ended_at > :since)
GROUP BY person_id
ORDER BY min(id)
