-- what is asked of a table of counts
SET search_path = nuso, public;
SET extra_float_digits = -3;

-- Agresti 2007, page 39: party by gender
CREATE TEMP TABLE party AS
    SELECT make_crosstab('{{762, 327, 468}, {484, 239, 477}}', '{female, male}', '{democrat, independent, republican}') AS t;
\x on
SELECT c.* FROM party, chisq_test(t) AS c;
SELECT c.* FROM party, g_test(t) AS c;
SELECT c.* FROM party, cramers_v(t) AS c;
SELECT c.* FROM party, fisher_test(t) AS c;
\x off
SELECT c.row_label, c.col_label, c.observed, c.expected, c.std_residual, c.adj_residual, c.p_value, c.p_adjusted
FROM party, cells(t) AS c;
-- Goodman 1965
SELECT * FROM composition(make_crosstab('{{91, 49, 37, 43}}', '{all}', NULL));
SELECT row_label, col_label, lower, upper FROM composition(make_crosstab('{{5, 0}, {3, 4}}'), 0.5);

-- counted over rows, in parts or at once
CREATE TEMP TABLE child AS
    SELECT i % 3 AS unit, CASE WHEN i % 7 < 3 THEN 'girl' ELSE 'boy' END AS sex, (i * i) % 11 AS step
    FROM generate_series(1, 500) AS i;
SELECT w.statistic = m.statistic AS chisq_same, w.p_value, m.n
FROM (SELECT crosstab_agg(sex, step) AS t FROM child) AS whole, chisq_test(t) AS w,
    (SELECT rollup(p) AS t2 FROM (SELECT crosstab_agg(sex, step) AS p FROM child GROUP BY unit) AS part) AS merged, chisq_test(t2) AS m;

-- two groups: the test of two proportions
SELECT c.statistic, c.p_value, abs(c.statistic / p.statistic - 1) < 1e-14 AS same_statistic, f.p_value AS fisher,
    f.p_value = e.p_value AS same_p, f.method
FROM (VALUES (3, 1, 1, 3), (2, 10, 15, 3), (24, 49, 53, 12)) AS v(a, b, c, d),
    make_crosstab(ARRAY[[a, b], [v.c, d]]::bigint[]) AS t, chisq_test(t) AS c, fisher_test(t) AS f,
    compare(make_proportion(a + b, a), make_proportion(v.c + d, v.c), 0.95, 'pearson') AS p,
    compare(make_proportion(a + b, a), make_proportion(v.c + d, v.c), 0.95, 'fisher') AS e;

-- exact where it is cheap, else random tables, always the same for a seed
CREATE TEMP TABLE hard AS
    SELECT make_crosstab('{{15, 12, 3, 7}, {8, 10, 12, 4}, {2, 9, 11, 14}, {6, 5, 8, 20}}') AS t;
SELECT f.* FROM fisher_test(make_crosstab('{{1, 3, 10, 6}, {2, 3, 10, 7}, {1, 6, 14, 12}, {0, 1, 9, 11}}')) AS f;
SELECT f.* FROM hard, fisher_test(t) AS f;
SELECT a.p_value = b.p_value AS same_seed, a.p_value <> c.p_value AS other_seed, a.replicates, a.method, a.p_lower < 7.2e-5 AND a.p_upper > 7.2e-5 AS right
FROM hard, fisher_test(t, 20000, 1) AS a, fisher_test(t, 20000, 1) AS b, fisher_test(t, 19999, 8) AS c;
SELECT f.method, f.replicates, f.p_value > 0.01 AS plain, f.status
FROM (SELECT crosstab_agg(i % 2, i % 15, 60 + i * 7919 % 13) AS t FROM generate_series(1, 30) AS i) AS v, fisher_test(t, 999) AS f;

-- trends: scores are numbers, or places in an order that is given
SELECT s.* FROM linear_trend_test(make_crosstab('{{26, 26, 23, 18, 9}, {6, 7, 9, 14, 23}}')) AS s;
SELECT v.what, s.statistic, s.p_value, s.method, s.status
FROM make_crosstab('{{20, 9, 4, 3}, {11, 9, 12, 5}}', '{girl, boy}', '{low, middle, high, unknown}') AS t,
    (VALUES (1, 'by bytes', NULL, NULL), (2, 'in order', NULL, '{low, middle, high}'::text[]),
            (3, 'rows turned', '{girl, boy}'::text[], '{low, middle, high}'),
            (4, 'one column is left', NULL, '{low}'), (5, 'none is left', '{}', NULL)) AS v(place, what, rows, columns),
    linear_trend_test(t, v.rows, v.columns) AS s ORDER BY place;
SELECT s.statistic FROM linear_trend_test(make_crosstab('{{5, 2, 7}, {3, 4, 1}, {2, 9, 9}}', '{2019, 2020, 2022}', '{-1.5, 0, 1e2}')) AS s;
SELECT s.status FROM linear_trend_test(make_crosstab('{{5, 2}, {3, 4}}', '{1, 1.0}', '{1, 2}')) AS s;

-- thin data: a status, and whatever is still defined
SELECT v.counts, c.status, c.n, c.smallest_expected, c.p_value, g.status, r.status, r.estimate, f.status, f.p_value, f.method, l.status
FROM (VALUES ('{{0, 0}, {0, 0}}'), ('{{7}}'), ('{{1, 2, 3}}'), ('{{1}, {2}}'), ('{{3, 0}, {4, 0}}'), ('{{1, 0}, {0, 1}}'),
             ('{{3, 0, 0}, {0, 4, 0}, {0, 0, 5}}'), ('{{10, 20}, {20, 40}}'), ('{{4, 9}, {0, 0}, {7, 5}}')) AS v(counts),
    make_crosstab(v.counts::bigint[]) AS t, chisq_test(t) AS c, g_test(t) AS g, cramers_v(t) AS r, fisher_test(t) AS f,
    linear_trend_test(t) AS l;
SELECT c.* FROM cells(make_crosstab('{{1, 2, 3}}')) AS c;
SELECT count(*) FROM cells(make_crosstab('{{0}}'));
SELECT c.* FROM composition(make_crosstab('{{4}, {9}}')) AS c;

-- large counts and long labels
SELECT v.counts, c.statistic, c.p_value, c.status, f.p_value, f.method, f.status, r.lower, r.upper
FROM (VALUES ('{{1000000000, 999990000}, {1000000000, 1000010000}}'), ('{{9007199254740993, 5}, {9007199254740991, 7}}'),
             ('{{2305843009213693952, 2305843009213693951}, {2305843009213693950, 2305843009213693953}}')) AS v(counts),
    make_crosstab(v.counts::bigint[]) AS t, chisq_test(t) AS c, fisher_test(t) AS f, cramers_v(t) AS r;
SELECT left(c.row_label, 3) AS row_label, length(c.row_label), length(c.col_label), c.observed
FROM cells(make_crosstab('{{1, 2}, {3, 4}}', ARRAY[repeat('a', 10000), repeat('b', 10000)], ARRAY[repeat('å', 5000), ''])) AS c;

-- NULL in, NULL out
SELECT chisq_test(NULL) IS NULL AS a, g_test(NULL) IS NULL AS b, cramers_v(NULL) IS NULL AS c, fisher_test(NULL) IS NULL AS d,
    linear_trend_test(NULL) IS NULL AS e, fisher_test(make_crosstab('{{1}}'), NULL) IS NULL AS f;
SELECT count(*) FROM cells(NULL), composition(NULL);

-- wrong settings
\set VERBOSITY sqlstate
SELECT cramers_v(t, 1) FROM party;
SELECT * FROM party, composition(t, 0);
SELECT fisher_test(t, 0) FROM party;
SELECT linear_trend_test(t, '{male, NULL}') FROM party;
SELECT linear_trend_test(t, '{{male}, {female}}') FROM party;

-- a long simulation can be cancelled
CREATE TEMP TABLE wide AS SELECT crosstab_agg(i % 300, i * 7919 % 307, 1 + i % 5) AS t FROM generate_series(1, 90000) AS i;
SET statement_timeout = '200ms';
SELECT fisher_test(t) FROM wide;
RESET statement_timeout;
