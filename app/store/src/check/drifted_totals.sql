WITH
kept AS (SELECT state, sum(cases) AS cases FROM rma_total GROUP BY state),
counted AS (SELECT state, count(*) AS cases FROM rma GROUP BY state)
SELECT
    coalesce(kept.state, counted.state) AS state,
    coalesce(kept.cases, 0) AS kept,
    coalesce(counted.cases, 0) AS counted
FROM kept
FULL JOIN counted ON counted.state = kept.state
WHERE coalesce(kept.cases, 0) <> coalesce(counted.cases, 0)
