-- two proportions, a part and the rest, a fixed target
SET search_path = nuso, public;
SET extra_float_digits = -3;

-- girls and boys of one nation, in one query
CREATE TEMP TABLE child AS
    SELECT CASE WHEN i <= 400 THEN 'girl' ELSE 'boy' END AS sex, i % 3 = 0 OR i % 10 = 0 AND i < 300
        AS decided, i % 5 AS unit
    FROM generate_series(1, 1000) AS i;
\x on
SELECT (compare(proportion_agg(decided) FILTER (WHERE sex = 'girl'),
                proportion_agg(decided) FILTER (WHERE sex = 'boy'))).*
FROM child;
\x off

-- Newcombe 1998 and Miettinen & Nurminen 1985: intervals of a difference
SELECT x1 || '/' || n1 AS a, x2 || '/' || n2 AS b, m AS method,
    round(d.lower::numeric, 4) AS lower, round(d.upper::numeric, 4) AS upper
FROM (VALUES (56, 70, 48, 80), (9, 10, 3, 10), (6, 7, 2, 7), (5, 56, 0, 29), (0, 10, 0, 20),
             (0, 10, 0, 10), (10, 10, 0, 20), (10, 10, 0, 10), (84, 101, 89, 105))
        AS v(x1, n1, x2, n2),
    unnest(ARRAY['newcombe', 'miettinen-nurminen']) AS m,
    LATERAL difference_interval(make_proportion(n1, x1), make_proportion(n2, x2), 0.95, m) AS d
ORDER BY m, n1, x1, n2;

-- tests of one table, by name
SELECT a || ',' || b || '/' || c || ',' || d AS cells, t AS asked, r.method, r.statistic, r.df,
    r.p_value, r.status
FROM (VALUES (7, 27, 1, 33), (3, 1, 1, 3), (2, 10, 15, 3), (24, 49, 53, 12)) AS v(a, b, c, d),
    unnest(ARRAY['auto', 'pearson', 'n-1', 'yates', 'fisher', 'fisher-mid-p']) AS t,
    LATERAL compare(make_proportion(a + b, a), make_proportion(c + d, c), 0.95, t) AS r
ORDER BY a, t;

-- ratios with zero cells: what is infinite is NULL, what is finite is given
SELECT x1 || '/' || n1 AS a, x2 || '/' || n2 AS b, r.risk_ratio AS rr, r.risk_ratio_lower AS rr_lower,
    r.risk_ratio_upper AS rr_upper, r.odds_ratio AS "or", r.odds_ratio_lower AS or_lower,
    r.odds_ratio_upper AS or_upper, r.status
FROM (VALUES (29, 55, 11, 11), (24, 73, 53, 65), (7, 18, 1, 18), (0, 10, 3, 10), (3, 10, 0, 10),
             (0, 10, 0, 10), (10, 10, 10, 10), (10, 10, 3, 10), (0, 10, 10, 10), (10, 10, 0, 10))
        AS v(x1, n1, x2, n2),
    LATERAL compare(make_proportion(n1, x1), make_proportion(n2, x2)) AS r;

-- odds ratio: score, and given the margins; R's fisher.test says 8.3285, 0.97325 to 396.19 for the
-- last table and 2.2552 as upper bound of 0/10 against 3/10
SELECT x1 || '/' || n1 AS a, x2 || '/' || n2 AS b, i.method, i.estimate, i.lower, i.upper, i.status
FROM (VALUES (7, 34, 1, 34), (0, 10, 3, 10), (10, 10, 3, 10), (10, 20, 10, 20), (0, 10, 10, 10),
             (0, 4, 0, 5), (0, 0, 1, 5))
        AS v(x1, n1, x2, n2),
    unnest(ARRAY['miettinen-nurminen', 'exact', 'mid-p']) AS m,
    LATERAL odds_ratio_interval(make_proportion(n1, x1), make_proportion(n2, x2), 0.95, m) AS i
ORDER BY n1, x1, n2, x2, m;

-- thin data: a status, and whatever is still defined
SELECT n1, x1, n2, x2, r.p_a, r.p_b, r.difference, r.difference_lower, r.p_value, r.method, r.status
FROM (VALUES (0, 0, 5, 2), (5, 2, 0, 0), (0, 0, 0, 0), (5, 0, 7, 0), (5, 5, 7, 7), (1, 1, 1, 0))
        AS v(n1, x1, n2, x2),
    LATERAL compare(make_proportion(n1, x1), make_proportion(n2, x2)) AS r;

-- each unit against the rest, without a second scan
SELECT unit, r.n_a, r.events_a, r.n_b, r.events_b, r.difference, r.p_value, r.status
FROM (SELECT unit, p, rollup(p) OVER () AS nation
      FROM (SELECT unit, proportion_agg(decided) AS p FROM child GROUP BY unit) AS unit) AS u,
    LATERAL compare_to_rest(p, nation) AS r
ORDER BY unit;
-- it is the test that corrects for the overlap
SELECT round((r.statistic / r.n_minus_1 * r.n - z * z)::numeric, 10) AS difference_of_squares
FROM (SELECT c.statistic, c.n_a + c.n_b AS n, c.n_a + c.n_b - 1 AS n_minus_1,
          (c.p_a - w.p) / sqrt(w.p * (1 - w.p) * (1.0 / c.n_a - 1.0 / (c.n_a + c.n_b))) AS z
      FROM compare_to_rest(make_proportion(163, 71), make_proportion(21858, 7859)) AS c,
          (VALUES (7859 / 21858.0::double precision)) AS w(p)) AS r;

-- a fixed target: the score test, exact where little is expected
SELECT n, x, round(target::numeric, 4) AS target, t.statistic, t.p_value, t.method, t.status
FROM (VALUES (80, 12, 194 / 1163.0), (150, 30, 194 / 1163.0), (20, 2, 0.01), (20, 19, 0.99), (0, 0, 0.5))
        AS v(n, x, target),
    LATERAL compare_to_target(make_proportion(n, x), target) AS t;

-- NULL in, NULL out
SELECT compare(NULL, make_proportion(1, 1)) IS NULL AS null_a,
    compare_to_target(make_proportion(1, 1), NULL) IS NULL AS null_target;

-- wrong settings, and a part that is none
\set VERBOSITY sqlstate
SELECT compare(make_proportion(5, 1), make_proportion(5, 1), 0);
SELECT compare(make_proportion(5, 1), make_proportion(5, 1), 0.95, 'chisq');
SELECT compare_to_rest(make_proportion(50, 1), make_proportion(5, 1));
SELECT compare_to_target(make_proportion(5, 1), 30);
SELECT compare_to_target(make_proportion(5, 1), 0.3, 7);
SELECT difference_interval(make_proportion(5, 1), make_proportion(5, 1), 0.95, 'wald');
SELECT odds_ratio_interval(make_proportion(5, 1), make_proportion(5, 1), 0.95, 'woolf');
SELECT odds_ratio_interval(make_proportion(5, 1), make_proportion(5, 1), 1);
SELECT odds_ratio_interval(make_proportion(9223372036854775807, 1), make_proportion(5, 1), 0.95, 'exact');
