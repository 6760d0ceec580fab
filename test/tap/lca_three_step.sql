-- lca_three_step.sql - what must hold for outcomes and predictors of latent
-- classes, whatever the tables are.
--
-- Random models, errors of assignment and tables of counts.
\set QUIET 1
SET client_min_messages = warning;
BEGIN;
SET LOCAL search_path = nuso, public;
SELECT plan(11);

-- rows of d sum to 1, with 0.6 and more on the diagonal
CREATE FUNCTION pg_temp.model(k integer, d double precision[]) RETURNS lca_model LANGUAGE sql AS $$
    SELECT jsonb_build_object('status', 'ok', 'classes', k, 'items', 1, 'n', 100, 'n_unobserved', 0, 'patterns', 2,
        'seen', 1, 'varying', 1, 'complete', 1, 'seed', 1, 'pseudo_count', 0, 'starts', 1, 'finished', 1, 'at_best', 1,
        'iterations', 5, 'log_likelihood', -60, 'g2', 0, 'x2', 0, 'entropy', 0.5, 'mean_posterior', 0.9,
        'shares', array_fill(1.0 / k, ARRAY[k]), 'probabilities', array_fill(0.5, ARRAY[k]),
        'confusion', to_jsonb(d), 'errors', 0)::text::lca_model
$$;
CREATE TEMPORARY TABLE error AS
SELECT i, t, s, k, CASE WHEN s = t THEN 1 - e ELSE e * u / sum(u) FILTER (WHERE s <> t) OVER (PARTITION BY i, t) END AS d
FROM (SELECT i, t, s, 2 + i % 3 AS k, random_uniform(1, t * 10 + s, i) + 0.01 AS u, 0.4 * random_uniform(2, t, i) AS e
      FROM generate_series(1, 150) AS i, generate_series(0, 1 + i % 3) AS t, generate_series(0, 1 + i % 3) AS s) AS drawn;
CREATE TEMPORARY TABLE cell AS
SELECT i, class, outcome, unit, (300 * random_uniform(3, 100 * class + 10 * outcome + unit, i) ^ 3)::bigint AS n
FROM generate_series(1, 150) AS i, generate_series(1, 2 + i % 3) AS class, generate_series(1, 2 + i % 2) AS outcome,
    generate_series(1, 6) AS unit;
CREATE TEMPORARY TABLE world AS
SELECT i, m, turned, t, hundredfold, backwards, clustered, one_each
FROM (SELECT i, pg_temp.model(k, array_agg(d ORDER BY t, s)) AS m, pg_temp.model(k, array_agg(d ORDER BY t DESC, s DESC)) AS turned
      FROM error GROUP BY i, k) AS models
JOIN (SELECT i, crosstab_agg(class, outcome, n) AS t, crosstab_agg(class, outcome, 100 * n) AS hundredfold FROM cell GROUP BY i) AS counts USING (i)
JOIN (SELECT i, crosstab_agg(3 + i % 3 - class, outcome, n) AS backwards FROM cell GROUP BY i) AS b USING (i)
JOIN (SELECT i, cluster_agg(t) AS clustered FROM (SELECT i, crosstab_agg(class, outcome, n) AS t FROM cell GROUP BY i, unit) AS u GROUP BY i) AS c USING (i)
JOIN (SELECT i, membership_agg(class, ARRAY[outcome = 1]::integer[]) AS one_each FROM cell WHERE n > 0 GROUP BY i) AS o USING (i);
CREATE TEMPORARY TABLE answer AS
SELECT i, method, s.class, s.outcome, s.n, s.share_modal, s.share, s.std_error, s.lower, s.upper, s.status
FROM world, unnest('{ml,bch}'::text[]) AS asked, lca_three_step(m, t, asked) AS s;

SELECT is_empty($$ SELECT i, method, class FROM answer GROUP BY i, method, class HAVING abs(sum(share) - 1) > 1e-10 $$, 'shares of a class sum to 1');
SELECT is_empty($$ SELECT * FROM answer WHERE method = 'ml' AND share NOT BETWEEN 0 AND 1 $$, 'those of maximum likelihood stay between 0 and 1');
SELECT is_empty($$ SELECT * FROM answer WHERE NOT (share BETWEEN lower AND upper AND lower > 0 AND upper < 1) $$, 'bounds are around their share');
SELECT is_empty($$ SELECT * FROM answer WHERE (status = 'ok') <> (lower IS NOT NULL) OR status NOT IN ('ok', 'boundary', 'empty') $$,
    'there are bounds where the status is ok');
SELECT is_empty($$
  SELECT a.i FROM answer AS a JOIN answer AS b USING (i, class, outcome)
  WHERE a.method = 'ml' AND b.method = 'bch' AND abs(a.share - b.share) > 1e-9
    AND NOT EXISTS (SELECT FROM answer AS c WHERE c.i = a.i AND (c.status <> 'ok'))
$$, 'both methods agree where all shares are inside');
SELECT is_empty($$
  SELECT a.i FROM answer AS a JOIN world USING (i), lca_three_step(m, hundredfold, a.method) AS h
  WHERE h.class = a.class AND h.outcome = a.outcome AND (abs(h.share - a.share) > 1e-9 OR abs(10 * h.std_error - a.std_error) > 1e-8)
$$, 'a hundred times as many children: the same shares, a tenth of the error');
SELECT is_empty($$
  SELECT a.i FROM answer AS a JOIN world USING (i), lca_three_step(turned, backwards, a.method) AS b
  WHERE b.class = 3 + a.i % 3 - a.class AND b.outcome = a.outcome
    AND (abs(b.share - a.share) > 1e-9 OR abs(b.std_error - a.std_error) > 1e-9 OR b.status <> a.status)
$$, 'classes in another order');
SELECT is_empty($$
  SELECT a.i FROM answer AS a JOIN world USING (i), lca_three_step(m, clustered, a.method) AS c
  WHERE c.class = a.class AND c.outcome = a.outcome AND abs(c.share - a.share) > 1e-12
$$, 'clusters do not move a share');
SELECT is_empty($$
  SELECT p.* FROM world, lca_three_step_pairs(m, t) AS p
  WHERE p.p_adjusted < p.p_value OR p.difference NOT BETWEEN p.difference_lower AND p.difference_upper OR p.difference_lower < -1 OR p.difference_upper > 1
$$, 'pairs: adjusted p and bounds');
SELECT is_empty($$
  SELECT i FROM world, lca_predictors_test(m, one_each) AS t, lca_predictors(m, one_each) AS p
  WHERE i % 3 = 0 AND t.term = 'x1' AND p.term = 'x1' AND p.status = 'ok' AND abs(t.statistic - p.statistic ^ 2) > 1e-8 * (1 + t.statistic)
$$, 'of two classes the test of a covariate is that of its coefficient');
SELECT is_empty($$
  SELECT i FROM world, lca_predictors(m, one_each, reference => 1) AS a, lca_predictors(m, one_each, reference => 2) AS b
  WHERE a.class = 2 AND b.class = 1 AND a.term = b.term AND a.status = 'ok' AND b.status = 'ok'
    AND (abs(a.coefficient + b.coefficient) > 1e-7 * (1 + abs(a.coefficient)) OR abs(a.std_error - b.std_error) > 1e-6 * a.std_error)
$$, 'against the other class a coefficient turns its sign');

SELECT * FROM finish();
ROLLBACK;
