-- summaries that grow: distributions, groups, covariate patterns
SET search_path = nuso, public;
\set SHOW_CONTEXT never

-- values are counted, whatever their order; NULL is not, and NaN and infinity are counted apart
SELECT distribution_agg(x) FROM (VALUES (2), (1), (2), (NULL), (5)) AS v(x);
SELECT distribution_agg(x) FROM unnest('{0,-0,1e308,5e-324,-1.5,NaN,Infinity,-Infinity}'::double precision[]) AS x;
SELECT distribution_agg(x) FROM (VALUES (1)) AS v(x) WHERE x > 1;
SELECT n(d), n_not_finite(d), n(NULL::distribution)
FROM (SELECT distribution_agg(x) AS d FROM unnest('{1,2,2,NaN,NULL}'::double precision[]) AS x) AS v;

-- merging and subtracting: what is taken away is gone
SELECT merge(a, b), subtract(merge(a, b), b)::text = a::text AS undone, subtract(a, a) AS nothing
FROM (SELECT distribution_agg(x) AS a FROM generate_series(1, 3) AS x) AS l,
     (SELECT distribution_agg(x) AS b FROM generate_series(3, 5) AS x) AS r;

-- any partition and order gives the same bits; so does a forced parallel plan
CREATE TABLE value AS
    SELECT i, (i * 7919 % 1009) / 8.0::double precision AS x, i % 13 AS part, i % 5 AS ladder
    FROM generate_series(1, 30000) AS i;
ANALYZE value;
SELECT count(DISTINCT d) AS forms FROM (
    SELECT distribution_agg(x)::text FROM value
    UNION ALL SELECT distribution_agg(x ORDER BY x DESC)::text FROM value
    UNION ALL SELECT rollup(p)::text FROM (SELECT distribution_agg(x) AS p FROM value GROUP BY part) AS v
    UNION ALL SELECT rollup(p::text::distribution)::text
        FROM (SELECT distribution_agg(x) AS p FROM value GROUP BY part) AS v) AS f(d);
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SELECT md5(distribution_agg(x)::text) = (SELECT md5(rollup(p)::text)
    FROM (SELECT distribution_agg(x) AS p FROM value GROUP BY part) AS v) AS parallel_same FROM value;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;

-- a window goes on with the state after it was shown
SELECT n(distribution_agg(ladder) OVER (ORDER BY i)) FROM value ORDER BY i LIMIT 4;

-- binary form: out and in again
CREATE TABLE kept AS
    SELECT distribution_agg(x) AS d, logit_agg(ladder = 1, ARRAY[x, part], part) AS l FROM value WHERE i < 100;
CREATE TABLE back (LIKE kept);
DO $$
BEGIN
    EXECUTE format('COPY kept TO %L (FORMAT binary)', current_setting('data_directory') || '/kept.bin');
    EXECUTE format('COPY back FROM %L (FORMAT binary)', current_setting('data_directory') || '/kept.bin');
END $$;
SELECT k.d::text = b.d::text AS distribution_same, k.l::text = b.l::text AS logit_same FROM kept AS k, back AS b;

-- support functions called by hand: a value is copied, never changed
SELECT distribution_accum(d, 3.0) AS called, d FROM (SELECT distribution_agg(1.5::double precision)) AS v(d);
SELECT n(distribution_accum(distribution_accum(NULL, 1), 2)),
    distribution_final(distribution_accum(distribution_accum(NULL, 2), 1));

-- states of tests over groups: their order does not show, groups without a name are not merged
SELECT proportion_groups_accum(proportion_groups_accum(NULL, make_proportion(20, 5), 2), make_proportion(10, 1), 1);
SELECT proportion_groups_accum(proportion_groups_accum(NULL, make_proportion(20, 5), 2, 0.9),
    make_proportion(20, 5), 2, 0.9);
SELECT proportion_strata_accum(NULL, make_proportion(20, 5), make_proportion(10, 1));
SELECT distribution_groups_accum(distribution_groups_accum(NULL, a), a)
FROM (SELECT distribution_agg(x) FROM generate_series(1, 2) AS x) AS v(a);
SELECT distribution_groups_accum(distribution_groups_accum(NULL, a, 7), a, 7)
FROM (SELECT distribution_agg(x) FROM generate_series(1, 2) AS x) AS v(a);

-- patterns of covariates, with and without clusters
SELECT logit_agg(e, c) FROM (VALUES (true, '{0,1}'::double precision[]), (false, '{0,1}'), (true, '{1,0}'),
    (NULL, '{1,0}'), (true, NULL), (true, '{1,NULL}'), (true, '{1,NaN}')) AS v(e, c);
SELECT logit_agg(e, c, k) FROM (VALUES (true, '{0}'::double precision[], 7), (false, '{0}', -7), (true, '{0}', 7),
    (true, '{0}', NULL)) AS v(e, c, k);
SELECT logit_agg(e, '{}') FROM (VALUES (true), (false), (true)) AS v(e);
SELECT n(logit_agg(true, '{NaN}')), logit_agg(true, '{NaN}');

-- wrong settings, and text that no data can produce
\set VERBOSITY sqlstate
SELECT logit_agg(true, c) FROM (VALUES ('{0}'::double precision[]), ('{0,1}')) AS v(c);
SELECT logit_agg(true, array_fill(0::double precision, ARRAY[65]));
SELECT logit_agg(true, '{{0,1},{1,0}}'::double precision[]);
SELECT merge(logit_agg(true, '{1}'), logit_agg(true, '{1}', 1));
SELECT merge(logit_agg(true, '{1}'), logit_agg(true, '{1,2}'));
SELECT subtract(distribution_agg(1), distribution_agg(2));
SELECT proportion_groups_accum(NULL, make_proportion(20, 5), 'NaN');
SELECT proportion_groups_accum(NULL, make_proportion(20, 5), 2, 1);
SELECT proportion_groups_accum(proportion_groups_accum(NULL, make_proportion(20, 5), 2, 0.9),
    make_proportion(20, 5), 2, 0.95);
SELECT '{"n_not_finite": 0, "values": [{"value": 2, "count": 1}, {"value": 1, "count": 1}]}'::distribution;
SELECT '{"n_not_finite": 0, "values": [{"value": 2, "count": 0}]}'::distribution;
SELECT '{"n_not_finite": 0, "values": [{"value": 2, "count": -1}]}'::distribution;
SELECT '{"n_not_finite": 0, "values": [{"value": "2", "count": 1}]}'::distribution;
SELECT '{"n_not_finite": 0, "values": [{"value": 1e400, "count": 1}]}'::distribution;
SELECT '{"n_not_finite": 0, "values": [{"value": 1, "count": 9223372036854775807}, {"value": 2, "count": 1}]}'::distribution;
SELECT '{"clustered": 1, "n_not_finite": 0, "covariates": 2, "patterns": [{"covariates": [0], "n": 10, "events": 3}]}'::logit;
SELECT '{"clustered": 1, "n_not_finite": 0, "covariates": 1, "patterns": [{"covariates": [0], "n": 2, "events": 3}]}'::logit;
SELECT '{"clustered": 3, "n_not_finite": 0, "covariates": 0, "patterns": []}'::logit;
SELECT '{"clustered": 1, "n_not_finite": 0, "covariates": 99, "patterns": []}'::logit;

\set VERBOSITY default
SELECT logit_agg(true, c) FROM (VALUES ('{0}'::double precision[]), ('{0,1}')) AS v(c);
DROP TABLE value, kept, back;
