-- paired proportions: two facts of the same child
SET search_path = nuso, public;
SET extra_float_digits = -3;

CREATE TEMP TABLE child AS
    SELECT i % 3 = 0 AS identified, CASE WHEN i % 50 = 0 THEN NULL ELSE i % 4 = 0 END AS decided
    FROM generate_series(1, 200) AS i;
SELECT paired_agg(identified, decided), n(paired_agg(identified, decided)) FROM child;
SELECT paired_agg(identified, decided) FROM child WHERE false;
SELECT (confint(paired_agg(identified, decided))).* FROM child;

-- Newcombe 1998 (method 10) and Tango 1998
SELECT a || ',' || b || ',' || c || ',' || d AS cells, m AS method, round(i.estimate::numeric, 6)
    AS estimate, round(i.lower::numeric, 5) AS lower, round(i.upper::numeric, 5) AS upper, i.status
FROM (VALUES (20, 12, 2, 16), (1, 1, 7, 12), (4, 9, 3, 16), (53, 16, 8, 9), (0, 0, 0, 0),
             (5, 0, 0, 5), (0, 5, 0, 0), (0, 0, 5, 0)) AS v(a, b, c, d),
    unnest(ARRAY['newcombe', 'tango']) AS m,
    LATERAL confint(make_paired_proportion(a, b, c, d), 0.95, m) AS i;

-- McNemar: Fagerland, Lydersen & Laake 2013
SELECT a || ',' || b || ',' || c || ',' || d AS cells, m AS asked, t.*
FROM (VALUES (1, 1, 7, 12), (4, 9, 3, 16), (43, 0, 1, 0), (5, 3, 3, 5), (5, 0, 0, 5), (0, 0, 0, 0))
        AS v(a, b, c, d),
    unnest(ARRAY['mid-p', 'exact', 'asymptotic']) AS m,
    LATERAL mcnemar_test(make_paired_proportion(a, b, c, d), m) AS t;

\set VERBOSITY sqlstate
SELECT make_paired_proportion(1, 2, 3, -4);
SELECT confint(make_paired_proportion(1, 2, 3, 4), 0.95, 'wilson');
SELECT mcnemar_test(make_paired_proportion(1, 2, 3, 4), 'chisq');
