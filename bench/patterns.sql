-- patterns.sql - what it costs to count children into patterns of their factors
--
-- The children are those of latent_data.sql.

INSERT INTO bench.pair (relations, name, bound, ours, native, floor)
SELECT '{latent}', name, bound, ours, native, floor
FROM (VALUES
('patterns_agg(bigint)', 'patterns of 24 factors : GROUP BY factors', 0.40,
 'SELECT n(patterns_agg(present)) FROM child',
 'SELECT sum(n) FROM (SELECT count(*) AS n FROM child GROUP BY present) AS p',
 'SELECT max(present) FROM child'),
('patterns_agg(bigint)', 'patterns of 24 factors : max(factors)', NULL,
 'SELECT n(patterns_agg(present)) FROM child',
 'SELECT max(present) FROM child', NULL),
('patterns_agg(bigint)', 'patterns of 8 factors : count(*) FILTER x 8', NULL,
 'SELECT n(patterns_agg(present & 255)) FROM child',
 'SELECT count(*) FILTER (WHERE present & 1 <> 0), count(*) FILTER (WHERE present & 2 <> 0),
         count(*) FILTER (WHERE present & 4 <> 0), count(*) FILTER (WHERE present & 8 <> 0),
         count(*) FILTER (WHERE present & 16 <> 0), count(*) FILTER (WHERE present & 32 <> 0),
         count(*) FILTER (WHERE present & 64 <> 0), count(*) FILTER (WHERE present & 128 <> 0)
  FROM child', NULL),
('patterns_agg(bigint)', 'patterns of 24 factors by unit : GROUP BY unit, factors', NULL,
 'SELECT sum(n(p)) FROM (SELECT patterns_agg(present) AS p FROM child GROUP BY unit_id) AS unit',
 'SELECT sum(n) FROM (SELECT count(*) AS n FROM child GROUP BY unit_id, present) AS p', NULL)
) AS pair (needs, name, bound, ours, native, floor)
WHERE bench.offered(needs);
