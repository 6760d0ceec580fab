-- distributions compared by their ranks: two, several, several in an order
SET search_path = nuso, public;
SET extra_float_digits = -3;

CREATE FUNCTION pg_temp.counted(x double precision[]) RETURNS nuso.distribution
RETURN (SELECT nuso.distribution_agg(v) FROM unnest(x) AS v);
-- counts of the values 0, 1, 2, ...
CREATE FUNCTION pg_temp.ladder(counts integer[]) RETURNS nuso.distribution
RETURN (SELECT nuso.distribution_agg(k::integer - 1)
        FROM unnest(counts) WITH ORDINALITY AS c(n, k), generate_series(1, n));

-- Newcombe 2006, SAS: counts of five levels in two groups
\x on
SELECT (compare(pg_temp.ladder('{26,26,23,18,9}'), pg_temp.ladder('{6,7,9,14,23}'), 0.95, 'normal')).*;
-- Brunner and Munzel 2000
SELECT (compare(pg_temp.counted('{1,2,1,1,1,1,1,1,1,1,2,4,1,1}'), pg_temp.counted('{3,3,4,3,1,2,3,1,1,5,4}'))).*;
\x off
SELECT (theta_interval(a, b, 0.95, m)).*
FROM (SELECT pg_temp.ladder('{26,26,23,18,9}') AS a, pg_temp.ladder('{6,7,9,14,23}') AS b) AS g,
    unnest('{newcombe,brunner-munzel}'::text[]) AS m;

-- Hollander and Wolfe 1973, p 69: W 35, exact one-sided p .1272; every test by name
SELECT t AS asked, c.method, c.statistic, c.z, c.p_value
FROM (SELECT pg_temp.counted('{.8,.83,1.89,1.04,1.45,1.38,1.91,1.64,.73,1.46}') AS a,
          pg_temp.counted('{1.15,.88,.9,.74,1.21}') AS b) AS g,
    unnest('{auto,exact,normal,normal-cc}'::text[]) AS t, LATERAL compare(a, b, 0.95, t) AS c;
-- exact with ties: 3 of the 10 arrangements of 1 1 2 | 2 3 are as far from the mean
SELECT c.statistic, c.p_value, c.method FROM compare(pg_temp.counted('{1,1,2}'), pg_temp.counted('{2,3}'), 0.95, 'exact') AS c;

-- thin data: what is defined is given
SELECT a, b, c.median_a, c.median_b, c.theta, c.theta_lower, c.theta_upper, c.statistic, c.z, c.p_value,
    c.brunner_munzel_p_value AS bm_p, c.method, c.status
FROM (VALUES ('{}', '{}'), ('{}', '{1,2}'), ('{1}', '{2}'), ('{1}', '{1}'), ('{3,3,3}', '{3,3}'),
             ('{1,2,3,4,5}', '{6,7,8,9}'), ('{1,1,1,1}', '{2,2,2}'), ('{1}', '{0,1,1,2,3}')) AS v(a, b),
    LATERAL compare(pg_temp.counted(a::float8[]), pg_temp.counted(b::float8[])) AS c;
SELECT c.p_value, c.theta, c.method, c.status
FROM (SELECT distribution_agg(x) AS d FROM generate_series(1, 60) AS x) AS g, LATERAL compare(d, d, 0.95, 'exact') AS c;
SELECT a, b, (theta_interval(pg_temp.counted(a::float8[]), pg_temp.counted(b::float8[]), 0.95, 'brunner-munzel')).*
FROM (VALUES ('{}', '{1}'), ('{1}', '{2,3}'), ('{1,2}', '{3,4}'), ('{1,1}', '{1,1}'), ('{1,2}', '{2,1}')) AS v(a, b);

-- several groups: airquality, ozone by month (H 29.267, p 6.901e-06)
CREATE TEMP TABLE ozone (month integer, d distribution);
INSERT INTO ozone VALUES
    (5, pg_temp.counted('{41,36,12,18,28,23,19,8,7,16,11,14,18,14,34,6,30,11,1,11,4,32,23,45,115,37}')),
    (6, pg_temp.counted('{29,71,39,23,21,37,20,12,13}')),
    (7, pg_temp.counted('{135,49,32,64,40,77,97,97,85,10,27,7,48,35,61,79,63,16,80,108,20,52,82,50,64,59}')),
    (8, pg_temp.counted('{39,9,16,78,35,66,122,89,110,44,28,65,22,59,23,31,44,21,9,45,168,73,76,118,84,85}')),
    (9, pg_temp.counted('{96,78,73,91,47,32,20,23,21,24,44,21,28,9,13,46,18,13,24,16,13,23,36,7,14,30,14,18,20}'));
SELECT (kruskal_test(d)).* FROM ozone;
SELECT (kruskal_test(d ORDER BY month DESC)).* FROM ozone;
-- two groups: H is the square of z
SELECT round((k.statistic - c.z ^ 2)::numeric, 10) AS difference, round((k.p_value - c.p_value)::numeric, 12) AS of_p
FROM (SELECT (kruskal_test(d)).* FROM ozone WHERE month IN (5, 7)) AS k,
    compare((SELECT d FROM ozone WHERE month = 5), (SELECT d FROM ozone WHERE month = 7), 0.95, 'normal') AS c;
SELECT n, (kruskal_test(d)).* FROM (VALUES (1, '{}'), (2, '{1,2}'), (3, '{1,2}'), (3, '{}'), (4, '{1,2}'), (4, '{3,4}'),
    (5, '{7,7}'), (5, '{7}'), (5, NULL)) AS v(n, x), LATERAL (SELECT pg_temp.counted(x::float8[]) AS d) AS g GROUP BY n ORDER BY n;
SELECT (kruskal_test(d)).* FROM ozone WHERE month > 12;

-- which months differ: Dunn's z (5-7 -4.4195, 5-8 -4.1328), adjusted by Holm
CREATE TEMP TABLE day AS SELECT month, value::integer AS ozone FROM ozone, levels(d), generate_series(1, n);
SELECT * FROM dunn_test((SELECT crosstab_agg(month, ozone) FROM day));
-- of two groups: z of the two-sample test; columns are in the order of their numbers
SELECT d.z, c.z AS of_compare, d.p_value = d.p_adjusted AS alone
FROM dunn_test(make_crosstab('{{3,0,9},{4,5,1}}', '{a,b}', '{10,9,2}')) AS d,
    compare(pg_temp.counted('{10,10,10,2,2,2,2,2,2,2,2,2}'), pg_temp.counted('{10,10,10,10,9,9,9,9,9,2}'), 0.95, 'normal') AS c;
SELECT label_a, label_b, mean_rank_a, z, p_value, p_adjusted, method, status FROM dunn_test(make_crosstab('{{3},{4},{5}}'));
SELECT * FROM dunn_test(make_crosstab('{{3,4}}'));
SELECT * FROM dunn_test(NULL);

-- ordered groups: Hollander and Wolfe 1999, J 79, mean 54, one-sided p .0207
CREATE TEMP TABLE training AS SELECT * FROM (VALUES
    (10, pg_temp.counted('{40,35,38,43,44,41}')), (20, pg_temp.counted('{38,40,47,44,40,42}')),
    (30, pg_temp.counted('{48,40,45,43,46,44}'))) AS v(place, d);
\x on
SELECT (jonckheere_test(d, place)).* FROM training;
\x off
SELECT (jonckheere_test(d, -place)).z AS turned FROM training;
-- rows with the same place are one group
SELECT (jonckheere_test(d, place)).* FROM (SELECT place, d FROM training UNION ALL SELECT 20, d FROM training WHERE place = 20
    UNION ALL SELECT NULL, d FROM training UNION ALL SELECT 5, pg_temp.counted('{}')) AS v;
SELECT (jonckheere_test(d, 1)).* FROM training;
SELECT (jonckheere_test(pg_temp.counted('{7,7}'), place)).* FROM training;
SELECT (jonckheere_test(d, place)).* FROM training WHERE place > 99;

-- any order and partition, and a forced parallel plan, give the same bits
CREATE TABLE child AS
    SELECT i, i % 13 AS unit, (i * 7919 % 1009) / 8.0::double precision AS x FROM generate_series(1, 30000) AS i;
CREATE TABLE unit AS SELECT unit, distribution_agg(x) AS d FROM child GROUP BY unit;
ANALYZE child, unit;
SELECT count(DISTINCT k) AS kruskals, count(DISTINCT j) AS jonckheeres FROM (
    SELECT kruskal_test(d)::text, jonckheere_test(d, unit)::text FROM unit
    UNION ALL SELECT kruskal_test(d ORDER BY unit DESC)::text, jonckheere_test(d, unit ORDER BY unit DESC)::text FROM unit
    UNION ALL SELECT kruskal_test_final(rollup(k))::text, jonckheere_test_final(rollup(j))::text FROM (
        SELECT distribution_groups_accum(NULL, d) AS k, distribution_groups_accum(NULL, d, unit) AS j FROM unit) AS v
    UNION ALL SELECT kruskal_test_final(rollup(k))::text, jonckheere_test_final(rollup(j))::text FROM (
        SELECT distribution_groups_accum(NULL, d) AS k, distribution_groups_accum(NULL, d, unit) AS j FROM unit
        ORDER BY unit % 5) AS v) AS f(k, j);
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SELECT kruskal_test(d)::text AS k INTO TEMP kept FROM unit;
SELECT (SELECT k FROM kept) = kruskal_test(d)::text AS parallel_same FROM unit;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;
DROP TABLE child, unit;

-- NULL in, NULL out
SELECT compare(NULL::distribution, pg_temp.counted('{1}')) IS NULL AS null_a,
    theta_interval(pg_temp.counted('{1}'), NULL) IS NULL AS null_b;

-- wrong settings
\set VERBOSITY sqlstate
SELECT compare(d, d, 0) FROM ozone;
SELECT compare(d, d, 0.95, 'wilcoxon') FROM ozone;
SELECT theta_interval(d, d, 0.95, 'wald') FROM ozone;
SELECT theta_interval(d, d, 'NaN') FROM ozone;
SELECT compare('{"n_not_finite": 0, "values": [{"value": 1, "count": 9223372036854775807}]}'::distribution, d) FROM ozone;
SELECT (kruskal_test('{"n_not_finite": 0, "values": [{"value": 1, "count": 9223372036854775807}]}'::distribution)).* FROM ozone;
SELECT count(*) FROM dunn_test((SELECT crosstab_agg(i, i % 3) FROM generate_series(1, 2001) AS i));
