-- patterns.sql - children with 24 factors of fifteen classes, and their patterns
--
-- Two million rows: as many different patterns as real children have, or more
-- (370,000 in the first million).

CREATE SCHEMA patterned;
CREATE TABLE patterned.class AS
SELECT class, array_agg(nuso.random_uniform(7, class, item) ^ 2 ORDER BY item) AS p
FROM generate_series(0, 14) AS class, generate_series(0, 23) AS item
GROUP BY class;

SELECT string_agg(format('((nuso.random_uniform(1, %s, i) < p[%s])::integer::bigint << %s)',
                         30 + item, item + 1, item), E' |\n       ') AS factors
FROM generate_series(0, 23) AS item
\gset

CREATE TABLE patterned.child AS
SELECT i % 290 + 1 AS unit_id, nuso.random_below(1, 3, i, 18)::integer AS age,
       nuso.random_uniform(1, 5, i) AS score,
       :factors AS factors
FROM generate_series(1, 2000000) AS i
JOIN patterned.class ON class = (15 * nuso.random_uniform(1, 29, i) ^ 1.3)::integer % 15;
VACUUM (FREEZE, ANALYZE) patterned.child;

INSERT INTO bench.pair (relations, name, bound, ours, native, floor)
SELECT '{patterned}', name, bound, ours, native, floor
FROM (VALUES
('patterns_agg(bigint)', 'patterns of 24 factors : GROUP BY factors', 0.40,
 'SELECT n(patterns_agg(factors)) FROM child',
 'SELECT sum(n) FROM (SELECT count(*) AS n FROM child GROUP BY factors) AS p',
 'SELECT max(factors) FROM child'),
('patterns_agg(bigint)', 'patterns of 24 factors : max(factors)', NULL,
 'SELECT n(patterns_agg(factors)) FROM child',
 'SELECT max(factors) FROM child', NULL),
('patterns_agg(bigint)', 'patterns of 8 factors : count(*) FILTER x 8', NULL,
 'SELECT n(patterns_agg(factors & 255)) FROM child',
 'SELECT count(*) FILTER (WHERE factors & 1 <> 0), count(*) FILTER (WHERE factors & 2 <> 0),
         count(*) FILTER (WHERE factors & 4 <> 0), count(*) FILTER (WHERE factors & 8 <> 0),
         count(*) FILTER (WHERE factors & 16 <> 0), count(*) FILTER (WHERE factors & 32 <> 0),
         count(*) FILTER (WHERE factors & 64 <> 0), count(*) FILTER (WHERE factors & 128 <> 0)
  FROM child', NULL),
('patterns_agg(bigint)', 'patterns of 24 factors by unit : GROUP BY unit, factors', NULL,
 'SELECT sum(n(p)) FROM (SELECT patterns_agg(factors) AS p FROM child GROUP BY unit_id) AS unit',
 'SELECT sum(n) FROM (SELECT count(*) AS n FROM child GROUP BY unit_id, factors) AS p', NULL)
) AS pair (needs, name, bound, ours, native, floor)
WHERE bench.offered(needs);
