-- does the gap fall or rise with age?
SET search_path = nuso, public;
\set SHOW_CONTEXT never
SET extra_float_digits = -3;

-- pain by dose (SAS Institute 1999, FREQ procedure): doses as ages
CREATE TEMP TABLE pain AS
SELECT age_curve_agg(dose, i > without, true, false) AS curve
FROM (VALUES (0, 26, 6), (1, 26, 7), (2, 23, 9), (3, 18, 14), (4, 9, 23)) AS v(dose, without, adverse),
     generate_series(1, without + adverse) AS i;
SELECT (gap_trend_test(curve)).* FROM pain \gx
-- the same as a table, and as proportions less one child
SELECT (linear_trend_test(make_crosstab('{{26,26,23,18,9},{6,7,9,14,23}}', '{0,1}', '{0,1,2,3,4}'))).statistic;
SELECT (t).statistic * 160 / 161 AS statistic, (t).departure_statistic * 160 / 161 AS departure, (t).slope
FROM (SELECT trend_test(make_proportion(n, x), dose) AS t
      FROM (VALUES (0, 32, 6), (1, 33, 7), (2, 32, 9), (3, 32, 14), (4, 32, 23)) AS v(dose, n, x)) AS y;

-- both gaps, and the default
CREATE TEMP TABLE child AS
SELECT i % 18 AS age, i % 10 < 9 - i % 18 / 6 AS identified, i % 10 < 6 AS assessed, i % 10 < 1 + i % 18 / 5 AS decided
FROM generate_series(1, 3600) AS i;
SELECT gap, (gap_trend_test(age_curve_agg(age, identified, assessed, decided), gap)).*
FROM child, unnest('{identified,assessed}'::text[]) AS gap GROUP BY gap ORDER BY gap DESC;
SELECT gap_trend_test(c) = gap_trend_test(c, 'identified') AS is_default
FROM (SELECT age_curve_agg(age, identified, assessed, decided) AS c FROM child) AS x;

-- a part plus a part is the whole
SELECT gap_trend_test(rollup(c)) = gap_trend_test(max(w::text)::age_curve) AS merged_is_whole
FROM (SELECT age_curve_agg(age, identified, assessed, decided) AS c FROM child GROUP BY age % 7) AS x,
     (SELECT age_curve_agg(age, identified, assessed, decided) AS w FROM child) AS y;

-- thin data
SELECT what, (t).statistic, (t).p_value, (t).departure_df, (t).slope, (t).status
FROM (SELECT what, gap_trend_test(age_curve_agg(age, i, true, d)) AS t
      FROM (VALUES ('one age', 3, true, false), ('one age', 3, true, true),
                   ('one child', 3, true, false), ('all with a gap', 1, true, false), ('all with a gap', 2, true, false),
                   ('nobody with a gap', 1, true, true), ('nobody with a gap', 2, false, false),
                   ('two children', 1, true, false), ('two children', 2, true, true),
                   ('negative', 1, false, true), ('negative', 2, true, true), ('negative', 5, true, false),
                   ('unknown age', NULL, true, true)) AS v(what, age, i, d)
      GROUP BY what) AS x
ORDER BY what;
SELECT gap_trend_test(age_curve_agg(age, true, true, true)) FROM child WHERE false;
SELECT gap_trend_test(NULL::age_curve) IS NULL, gap_trend_test(curve, NULL) IS NULL FROM pain;

-- a thousand million children at one age, and three elsewhere
SELECT (gap_trend_test('{"n_outside": 0, "n_incomplete": 0, "ages": [{"age": 4, "none": 400000000, "identified": 600000000},
  {"age": 5, "decided": 1}, {"age": 9, "identified": 1, "none": 1}]}'::age_curve)).*;

-- wrong settings
\set VERBOSITY sqlstate
SELECT gap_trend_test(curve, 'needed') FROM pain;
\set VERBOSITY terse
SELECT gap_trend_test(curve, '') FROM pain;
