-- inference.sql - a million children, and what is asked about them
--
-- Rows of the synthetic kind, but made here: their number is the goals' own.
-- A pair stands below if the extension has its function, so that the page works
-- for every version.

CREATE SCHEMA million;
CREATE TABLE million.child AS
SELECT unit_id, girl, age, rung, score, x1, x2, x3, x4, x5, x6, x7, x8,
       nuso.random_uniform(1, 20, i) < 1 / (1 + exp(1.5 - 0.3 * x1 + 0.2 * x2 - 0.6 * x5 - unit_id / 500.0)) AS decided
FROM (SELECT i, 1 + (290 * nuso.random_uniform(1, 1, i) ^ 2)::integer % 290 AS unit_id,
             nuso.random_uniform(1, 2, i) < 0.48 AS girl,
             nuso.random_below(1, 3, i, 18)::integer AS age,
             nuso.random_below(1, 4, i, 5)::integer AS rung,
             nuso.random_uniform(1, 5, i) AS score,
             (nuso.random_uniform(1, 11, i) < 0.5)::integer::double precision AS x1,
             (nuso.random_uniform(1, 12, i) < 0.3)::integer::double precision AS x2,
             (nuso.random_uniform(1, 13, i) < 0.2)::integer::double precision AS x3,
             (nuso.random_uniform(1, 14, i) < 0.1)::integer::double precision AS x4,
             (nuso.random_uniform(1, 15, i) < 0.4)::integer::double precision AS x5,
             (nuso.random_uniform(1, 16, i) < 0.5)::integer::double precision AS x6,
             (nuso.random_uniform(1, 17, i) < 0.6)::integer::double precision AS x7,
             (nuso.random_uniform(1, 18, i) < 0.7)::integer::double precision AS x8
      FROM generate_series(1, 1000000) AS i) AS drawn;
VACUUM (FREEZE, ANALYZE) million.child;

INSERT INTO bench.pair (relations, name, bound, ours, native)
SELECT '{million}', name, bound, ours, native
FROM (VALUES
('proportion_agg(boolean)', '290 units against the rest : 4 filters by unit', 0.60,
 'SELECT unit_id, (compare_to_rest(p, rollup(p) OVER ())).p_value
  FROM (SELECT unit_id, proportion_agg(decided) AS p FROM child GROUP BY unit_id) AS unit',
 'SELECT unit_id, count(*) FILTER (WHERE girl AND decided), count(*) FILTER (WHERE girl AND NOT decided),
         count(*) FILTER (WHERE NOT girl AND decided), count(*) FILTER (WHERE NOT girl AND NOT decided)
  FROM child GROUP BY unit_id'),
('proportion_by_key_agg(integer,boolean)', '290 units by key against the rest : 4 filters by unit', 0.60,
 'SELECT key, (compare_to_rest(summary, rollup(summary) OVER ())).p_value
  FROM by_key((SELECT proportion_by_key_agg(unit_id, decided) FROM child))',
 'SELECT unit_id, count(*) FILTER (WHERE girl AND decided), count(*) FILTER (WHERE girl AND NOT decided),
         count(*) FILTER (WHERE NOT girl AND decided), count(*) FILTER (WHERE NOT girl AND NOT decided)
  FROM child GROUP BY unit_id'),
('crosstab_agg(integer,boolean)', '290 units as one crosstab : 4 filters by unit', 0.60,
 'SELECT row_label, adj_residual, p_value, p_adjusted
  FROM cells((SELECT crosstab_agg(unit_id, decided) FROM child)) WHERE col_label = ''true''',
 'SELECT unit_id, count(*) FILTER (WHERE girl AND decided), count(*) FILTER (WHERE girl AND NOT decided),
         count(*) FILTER (WHERE NOT girl AND decided), count(*) FILTER (WHERE NOT girl AND NOT decided)
  FROM child GROUP BY unit_id'),
('distribution_agg(double precision)', 'Mann-Whitney, a million values : percentile_cont', 1.2,
 'SELECT compare(distribution_agg(score) FILTER (WHERE girl),
                 distribution_agg(score) FILTER (WHERE NOT girl)) FROM child',
 'SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY score) FROM child'),
('distribution_agg(integer)', 'Mann-Whitney, five rungs : percentile_cont', 1.2,
 'SELECT compare(distribution_agg(rung) FILTER (WHERE girl),
                 distribution_agg(rung) FILTER (WHERE NOT girl)) FROM child',
 'SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY rung) FROM child'),
('distribution_agg(integer)', 'Kruskal-Wallis over 18 ages : percentile_cont by age', NULL,
 'SELECT kruskal_test(d) FROM (SELECT distribution_agg(rung) AS d FROM child GROUP BY age) AS a',
 'SELECT age, percentile_cont(0.5) WITHIN GROUP (ORDER BY rung) FROM child GROUP BY age'),
('moments_agg(double precision)', 'Welch''s t : avg and stddev', NULL,
 'SELECT compare(moments_agg(score) FILTER (WHERE girl),
                 moments_agg(score) FILTER (WHERE NOT girl)) FROM child',
 'SELECT avg(score) FILTER (WHERE girl), stddev(score) FILTER (WHERE girl),
         avg(score) FILTER (WHERE NOT girl), stddev(score) FILTER (WHERE NOT girl) FROM child'),
('crosstab_agg(integer,integer)', 'crosstab and test : GROUP BY age, rung', NULL,
 'SELECT chisq_test(crosstab_agg(age, rung)) FROM child',
 'SELECT age, rung, count(*) FROM child GROUP BY age, rung')
) AS pair (needs, name, bound, ours, native)
WHERE bench.offered(needs);
