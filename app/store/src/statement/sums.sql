SELECT state, count(*) AS count, sum(amount_minor) AS sum_minor
FROM statement_line
WHERE statement_id = :statement_id
GROUP BY state
ORDER BY state
