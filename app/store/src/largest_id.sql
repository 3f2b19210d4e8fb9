SELECT listed.name
FROM sqlite_schema AS listed
JOIN pragma_table_info(listed.name) AS held
WHERE listed.type = 'table'
  AND held.name = 'id'
  AND held.type = 'INTEGER'
  AND held.pk = 1
