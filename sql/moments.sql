-- moments: mean and variance of a measured number, comparisons of means
SET search_path = nuso, public;
SET extra_float_digits = -3;
\set VERBOSITY sqlstate
\set SHOW_CONTEXT never

-- NULL is not counted, NaN and infinity are counted apart, no rows give an empty summary
SELECT moments_agg(x) FROM (VALUES (1), (2.5), (4), (NULL)) AS v(x);
SELECT moments_agg(x) FROM unnest('{1,NaN,Infinity,3,-Infinity,-0}'::double precision[]) AS x;
SELECT moments_agg(x), n(moments_agg(x)), mean(moments_agg(x)), variance(moments_agg(x)),
    stddev(moments_agg(x)), n_not_finite(moments_agg(x))
FROM (VALUES (1)) AS v(x) WHERE x > 1;
SELECT moments_agg(NULL);
SELECT n(m), n_not_finite(m), mean(m), variance(m), stddev(m) FROM (
    SELECT moments_agg(x) AS m FROM unnest('{2,4,4,4,5,5,7,9,NaN,NULL}'::double precision[]) AS x) AS v;
SELECT mean(moments_agg(5)), variance(moments_agg(5)), mean(NULL::moments);

-- sums are exact: what other methods lose is there
SELECT name, mean(moments_agg(x)), variance(moments_agg(x)), stddev(moments_agg(x))
FROM (VALUES ('cancelling', '{1e300,1,-1e300,3}'::double precision[]), ('far away', '{1e15,1000000000000001,1000000000000002}'),
             ('tenths at a million', '{1000000.1,1000000.3,1000000.2}'), ('least', '{5e-324,-5e-324,1.5e-323}'),
             ('largest', '{1.7976931348623157e308,-1.7976931348623157e308,0}'), ('equal', '{0.1,0.1,0.1}'))
        AS v(name, xs),
    unnest(xs) AS x
GROUP BY name ORDER BY name;

-- any partition and order gives the same bits; so does a forced parallel plan
CREATE TABLE measured AS
    SELECT i, CASE WHEN i % 4000 = 17 THEN 1e18 * (i % 8000 - 2000) ELSE sin(i) * exp(i % 50 - 25.0) END AS x, i % 13 AS part
    FROM generate_series(1, 30000) AS i;
ANALYZE measured;
SELECT count(DISTINCT m) AS forms FROM (
    SELECT moments_agg(x)::text FROM measured
    UNION ALL SELECT moments_agg(x ORDER BY x DESC)::text FROM measured
    UNION ALL SELECT moments_agg(x ORDER BY md5(i::text))::text FROM measured
    UNION ALL SELECT rollup(p)::text FROM (SELECT moments_agg(x) AS p FROM measured GROUP BY part) AS v
    UNION ALL SELECT rollup(p::text::moments)::text
        FROM (SELECT moments_agg(x) AS p FROM measured GROUP BY part) AS v) AS f(m);
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SELECT moments_agg(x)::text = (SELECT rollup(p)::text
    FROM (SELECT moments_agg(x) AS p FROM measured GROUP BY part) AS v) AS parallel_same FROM measured;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;

-- what is taken away is gone, also where the rest has more digits than the whole
SELECT bool_and((whole - p)::text = rest::text) AS rest_is_exact, bool_and((whole - p + p)::text = whole::text) AS undone
FROM (SELECT moments_agg(x) AS whole FROM measured) AS w,
     (SELECT part, moments_agg(x) AS p FROM measured GROUP BY part) AS parts,
     LATERAL (SELECT moments_agg(x) AS rest FROM measured AS o WHERE o.part <> parts.part) AS r;
SELECT subtract(whole, part) FROM (
    SELECT moments_agg(x) AS whole, moments_agg(x) FILTER (WHERE x > 9) AS part
    FROM unnest('{1e30,-1e30,5}'::double precision[]) AS x) AS v;
SELECT subtract(m, m) FROM (SELECT moments_agg(x) AS m FROM measured) AS v;
SELECT subtract(moments_agg(1), moments_agg(2));
SELECT subtract(moments_agg(1), moments_agg(x)) FROM (VALUES (1), (1)) AS v(x);

-- a window goes on with the state after it was shown
SELECT mean(moments_agg(i) OVER (ORDER BY i)) FROM measured ORDER BY i LIMIT 4;

-- text and binary form: out and in again
SELECT '{"n": 2, "sum": "007.50", "sum_of_squares": "31.25"}'::moments;
CREATE TABLE kept AS SELECT part, moments_agg(x) AS m FROM measured GROUP BY part;
CREATE TABLE back (LIKE kept);
DO $$
BEGIN
    EXECUTE format('COPY kept TO %L (FORMAT binary)', current_setting('data_directory') || '/kept.bin');
    EXECUTE format('COPY back FROM %L (FORMAT binary)', current_setting('data_directory') || '/kept.bin');
END $$;
SELECT bool_and(k.m::text = b.m::text) AS binary_same, bool_and(k.m::text::moments::text = k.m::text) AS text_same
FROM kept AS k JOIN back AS b USING (part);

-- text that is no summary, or that no values give
SELECT '{"n": 2, "sum": "3", "sum_of_squares": "4"}'::moments;
SELECT '{"n": 1, "sum": "3", "sum_of_squares": "10"}'::moments;
SELECT '{"n": 0, "sum": "3", "sum_of_squares": "9"}'::moments;
SELECT '{"n": 2, "sum": "0.1", "sum_of_squares": "1"}'::moments;
SELECT '{"n": 2, "sum": "1e2", "sum_of_squares": "5000"}'::moments;
SELECT '{"n": 2, "sum": 3, "sum_of_squares": "5"}'::moments;
SELECT '{"n": -1, "sum": "0", "sum_of_squares": "0"}'::moments;
SELECT '{"n": 2, "sum_of_squares": "5"}'::moments;

-- from numbers that somebody else computed
SELECT make_moments(20, 7.5, 0.25), mean(make_moments(20, 0.1, 0.3)), variance(make_moments(20, 0.1, 0.3));
SELECT make_moments(0, NULL, NULL), make_moments(1, 5, NULL), make_moments(2, 5, NULL), make_moments(NULL, 1, 1);
SELECT make_moments(-1, 0, 0);
SELECT make_moments(5, 0, -1);
SELECT make_moments(1, 0, 2);
SELECT make_moments(5, 'NaN', 1);
SELECT make_moments(5, 1, 'Infinity');

-- the interval of a mean
SELECT c.* FROM (VALUES (1, '{2,4,4,4,5,5,7,9}'::double precision[]), (2, '{5}'), (3, '{5,5}'), (4, '{NaN}')) AS v(i, xs),
    LATERAL (SELECT moments_agg(x) AS m FROM unnest(xs) AS x) AS s, confint(m) AS c ORDER BY i;
SELECT confint(moments_agg(1), 0.9), confint(NULL::moments);
SELECT confint(moments_agg(1), 1);

-- Student's sleep data: R's t.test gives t -1.860813467, df 17.77647352, p 0.07939414
CREATE TEMP TABLE sleep AS
    SELECT drug, x FROM (VALUES (1, '{0.7,-1.6,-0.2,-1.2,-0.1,3.4,3.7,0.8,0,2}'::double precision[]),
        (2, '{1.9,0.8,1.1,0.1,-0.1,4.4,5.5,1.6,4.6,3.4}')) AS v(drug, xs), unnest(xs) AS x;
\x on
SELECT (compare(moments_agg(x) FILTER (WHERE drug = 1), moments_agg(x) FILTER (WHERE drug = 2))).* FROM sleep;
\x off

-- thin groups: what is defined is given
SELECT a, b, c.difference AS d, c.difference_lower AS lower, c.hedges_g AS g, c.hedges_g_lower AS g_lower,
    c.statistic AS t, c.df, c.p_value AS p, c.status
FROM (VALUES (1, '{1,2,4}'::double precision[], '{}'::double precision[]), (2, '{1,2,4}', '{3}'), (3, '{1}', '{3}'),
             (4, '{1,1}', '{1,1}'), (5, '{1,1}', '{3,3}'), (6, '{1,1}', '{3,4}'), (7, '{1,2}', '{3,5}'),
             (8, '{1e300,2e300}', '{4e300,5e300}'), (9, '{1e-300,2e-300}', '{4e-300,5e-300}')) AS v(i, a, b),
    LATERAL (SELECT moments_agg(x) AS m FROM unnest(a) AS x) AS s,
    LATERAL (SELECT moments_agg(x) AS m FROM unnest(b) AS x) AS r,
    compare(s.m, r.m) AS c
ORDER BY i;
SELECT compare(moments_agg(1), moments_agg(2), 0);
SELECT compare(moments_agg(1), NULL);

-- PlantGrowth: R gives F 4.846087862, p 0.01590995833; Welch F 5.180972408, df2 17.12841862, p 0.01739282149
CREATE TEMP TABLE plant AS
    SELECT arm, x FROM (VALUES ('ctrl', '{4.17,5.58,5.18,6.11,4.5,4.61,5.17,4.53,5.33,5.14}'::double precision[]),
        ('trt1', '{4.81,4.17,4.41,3.59,5.87,3.83,6.03,4.89,4.32,4.69}'),
        ('trt2', '{6.31,5.12,5.54,5.5,5.37,5.29,4.92,6.15,5.8,5.26}')) AS v(arm, xs), unnest(xs) AS x;
SELECT (anova_test(m)).* FROM (SELECT moments_agg(x) AS m FROM plant GROUP BY arm) AS v;
SELECT (welch_anova_test(m)).* FROM (SELECT moments_agg(x) AS m FROM plant GROUP BY arm) AS v;

-- groups: NULL and empty ones are none; thin ones
SELECT name, (a).statistic AS f, (a).df2, (a).p_value AS p, (a).eta_squared AS eta2, (a).status,
    (w).statistic AS welch_f, (w).df2 AS welch_df2, (w).p_value AS welch_p, (w).status AS welch_status
FROM (SELECT name, anova_test(m) AS a, welch_anova_test(m) AS w
      FROM (SELECT name, g, moments_agg(x) AS m
            FROM (VALUES ('one group', 1, '{1,2}'::double precision[]), ('two and an empty one', 1, '{1,2}'),
                         ('two and an empty one', 2, '{3,5}'), ('two and an empty one', 3, '{NaN}'), ('ones', 1, '{1}'),
                         ('ones', 2, '{2}'), ('a single one', 1, '{1}'), ('a single one', 2, '{2,3}'), ('equal', 1, '{1,1}'),
                         ('equal', 2, '{1,1}'), ('equal within', 1, '{1,1}'), ('equal within', 2, '{2,2}'),
                         ('one is equal', 1, '{1,1}'), ('one is equal', 2, '{2,3}')) AS v(name, g, xs),
                LATERAL unnest(xs) AS x
            GROUP BY name, g) AS s
      GROUP BY name) AS r
ORDER BY name;
SELECT anova_test(m), welch_anova_test(m) FROM (SELECT NULL::moments AS m) AS v;

-- order of the groups and plan do not show; the state is a value like any other
SELECT count(DISTINCT r) AS results FROM (
    SELECT anova_test(m)::text FROM kept
    UNION ALL SELECT anova_test(m ORDER BY part DESC)::text FROM kept
    UNION ALL SELECT anova_test_final(rollup(s))::text
        FROM (SELECT part % 3, rollup(moments_groups_accum(NULL, m)) AS s FROM kept GROUP BY 1) AS v) AS f(r);
SELECT moments_groups_accum(moments_groups_accum(NULL, make_moments(3, 2.5, 0.75)), make_moments(3, 2.5, 0.75)) AS s;
SELECT '{"groups": [{"n": 3, "mean": 2.5, "mean_rest": 0.5, "spread": 0, "times": 1}]}'::moments_groups;

-- support functions called by hand: a value is copied, never changed
SELECT mean(moments_accum(m, 3.0)) AS called, mean(m) FROM (SELECT moments_agg(1)) AS v(m);
DROP TABLE measured, kept, back;
