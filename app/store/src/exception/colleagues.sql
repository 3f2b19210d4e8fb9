SELECT
    person.id AS id,
    person.display_name AS display_name
FROM person
WHERE person.active = 1
    AND EXISTS (
        SELECT 1
        FROM person_role
        WHERE person_role.person_id = person.id
            AND person_role.role IN (SELECT role.value FROM json_each(:roles) AS role)
            AND (:scope IS NULL OR EXISTS (
                SELECT 1
                FROM json_each(:scope) AS place
                WHERE (place.value ->> 0 IS NULL OR person_role.shop_id IN (0, place.value ->> 0))
                    AND (place.value ->> 1 IS NULL OR person_role.warehouse_id IN (0, place.value ->> 1))
            ))
    )
ORDER BY person.display_name, person.id
LIMIT 500
