-- ranks.sql - what rank statistics and quantiles must keep, on many groups.
--
-- Pairs of groups of 0 to 40 children: with and without equal values, alike
-- and apart, exact and approximate.
\set QUIET 1
SET client_min_messages = warning;
BEGIN;
SELECT plan(13);

CREATE TEMP TABLE child AS
  SELECT pair, g, k,
    CASE pair % 4
      WHEN 0 THEN (k * 7919 + pair * 31 + g * 17) % 5          -- a ladder
      WHEN 1 THEN (k * 7919 + pair * 31) % 1009 + g * 0.25     -- no equal values
      WHEN 2 THEN (k * k + pair) % 13 + g * (pair % 7)         -- one group higher
      ELSE pair % 3 END::double precision AS x                 -- all equal
  FROM generate_series(1, 120) AS pair, generate_series(0, 1) AS g,
    LATERAL generate_series(1, (pair * 37 + g * pair * 11) % 41) AS k;

CREATE TEMP TABLE pair AS
  SELECT pair, nuso.distribution_agg(x) FILTER (WHERE g = 0) AS a, nuso.distribution_agg(x) FILTER (WHERE g = 1) AS b,
    nuso.distribution_agg(exp(x / 100) - 7) FILTER (WHERE g = 0) AS up_a,
    nuso.distribution_agg(exp(x / 100) - 7) FILTER (WHERE g = 1) AS up_b,
    nuso.distribution_agg(-x) FILTER (WHERE g = 0) AS down_a, nuso.distribution_agg(-x) FILTER (WHERE g = 1) AS down_b
  FROM child GROUP BY pair;

CREATE TEMP TABLE compared AS
  SELECT pair, t, c.*, m.theta AS m_theta, m.theta_lower AS m_lower, m.theta_upper AS m_upper, m.z AS m_z,
    m.p_value AS m_p_value, m.statistic AS m_statistic, m.brunner_munzel_p_value AS m_bm_p_value,
    nuso.compare(up_a, up_b, 0.95, t) AS up, nuso.compare(down_a, down_b, 0.95, t) AS down
  FROM pair, unnest('{auto,normal,normal-cc,exact}'::text[]) AS t,
    LATERAL nuso.compare(a, b, 0.95, t) AS c, LATERAL nuso.compare(b, a, 0.95, t) AS m;

CREATE FUNCTION pg_temp.same(x double precision, y double precision) RETURNS boolean
RETURN coalesce(abs(x - y) <= 1e-13, x IS NULL AND y IS NULL);

SELECT cmp_ok((SELECT count(*) FROM compared WHERE status = 'ok')::integer, '>', 250, 'most pairs have something to test');
SELECT is((SELECT count(*) FROM compared WHERE NOT (pg_temp.same(theta, 1 - m_theta)
    AND pg_temp.same(theta_lower, 1 - m_upper) AND pg_temp.same(theta_upper, 1 - m_lower)
    AND pg_temp.same(z, -m_z) AND p_value IS NOT DISTINCT FROM m_p_value
    AND brunner_munzel_p_value IS NOT DISTINCT FROM m_bm_p_value)), 0::bigint,
  'groups exchanged: theta is 1 - theta, z changes its sign, p stays');
SELECT is((SELECT count(*) FROM compared WHERE statistic + m_statistic <> n_a * n_b), 0::bigint,
  'W of a and W of b are all pairs');
SELECT is((SELECT count(*) FROM compared WHERE row(theta, theta_lower, theta_upper, statistic, z, p_value, brunner_munzel_statistic, method, status)
    IS DISTINCT FROM row((up).theta, (up).theta_lower, (up).theta_upper, (up).statistic, (up).z, (up).p_value,
      (up).brunner_munzel_statistic, (up).method, (up).status)), 0::bigint,
  'an increasing transformation of the values changes nothing');
SELECT is((SELECT count(*) FROM compared WHERE NOT (pg_temp.same(theta, 1 - (down).theta)
    AND pg_temp.same(p_value, (down).p_value))), 0::bigint,
  'a decreasing transformation turns theta round');
SELECT is((SELECT count(*) FROM compared WHERE theta_lower > theta OR theta > theta_upper OR theta_lower < 0 OR theta_upper > 1
    OR p_value < 0 OR p_value > 1 OR NOT pg_temp.same(cliffs_delta, 2 * theta - 1)), 0::bigint,
  'everything lies in its range');
SELECT is((SELECT count(*) FROM compared AS e JOIN compared AS n USING (pair)
    WHERE e.t = 'exact' AND n.t = 'normal-cc' AND e.n_a > 5 AND e.n_b > 5 AND abs(e.p_value - n.p_value) > 0.1), 0::bigint,
  'the exact p and the approximate one are within 0.1, from six children a group on');

-- the same children counted by hand
SELECT is((SELECT count(*) FROM compared JOIN (
      SELECT x.pair, sum(CASE WHEN x.x > y.x THEN 1 WHEN x.x = y.x THEN 0.5 ELSE 0 END) AS w
      FROM child AS x JOIN child AS y ON x.pair = y.pair AND x.g = 0 AND y.g = 1 GROUP BY x.pair) AS counted USING (pair)
    WHERE statistic <> w), 0::bigint, 'W is what counting all pairs gives');
SELECT is((SELECT count(*) FROM pair JOIN (
      SELECT pair, percentile_cont('{0,0.1,0.25,0.5,0.9,1}'::float8[]) WITHIN GROUP (ORDER BY x) AS q
      FROM child WHERE g = 0 GROUP BY pair) AS counted USING (pair)
    WHERE nuso.quantiles(a, '{0,0.1,0.25,0.5,0.9,1}') <> q), 0::bigint, 'quantiles are those of percentile_cont, to the bit');

-- two groups are a special case of several
SELECT is((SELECT count(*) FROM pair, LATERAL (SELECT (nuso.kruskal_test(d)).* FROM (VALUES (a), (b)) AS v(d)) AS k,
      nuso.compare(a, b, 0.95, 'normal') AS c
    WHERE c.status = 'ok' AND NOT (abs(k.statistic - c.z ^ 2) <= 1e-13 * c.z ^ 2
      AND pg_temp.same(k.p_value, c.p_value))), 0::bigint, 'of two groups H is the square of z');
SELECT is((SELECT count(*) FROM pair, LATERAL (SELECT (nuso.jonckheere_test(d, o)).* FROM (VALUES (a, 1), (b, 2)) AS v(d, o)) AS j,
      nuso.compare(a, b, 0.95, 'normal') AS c
    WHERE c.status = 'ok' AND (j.statistic <> c.n_a * c.n_b - c.statistic OR NOT pg_temp.same(j.z, -c.z))), 0::bigint,
  'of two groups J is W of b and z the same');

-- summaries that were merged are as good as rows
SELECT is((SELECT count(DISTINCT k) FROM (
      SELECT nuso.kruskal_test(d)::text FROM (SELECT nuso.distribution_agg(x) AS d FROM child GROUP BY pair % 9) AS v
      UNION ALL SELECT nuso.kruskal_test(d)::text FROM (
        SELECT nuso.rollup(d) AS d FROM (SELECT pair % 9 AS unit, nuso.distribution_agg(x) AS d
          FROM child GROUP BY pair, g) AS v GROUP BY unit) AS v) AS f(k)), 1::bigint,
  'groups that were merged from parts give the same test');
SELECT is((SELECT sum(n) FROM nuso.levels((SELECT nuso.distribution_agg(x) FROM child))), (SELECT count(*) FROM child)::numeric,
  'levels add up to all children');

SELECT * FROM finish();
ROLLBACK;
