-- age curves of children who sit in municipalities: gaps, bands, means
SET search_path = nuso, public;
SET extra_float_digits = -3;

-- what a cluster is: ages by combinations of facts
SELECT cluster_agg(c) FROM (VALUES
    ('{"n_outside": 3, "n_incomplete": 1, "ages": [{"age": 3, "identified": 4},
       {"age": 10, "none": 2, "decided": 1}]}'::age_curve),
    ('{"n_outside": 0, "n_incomplete": 0, "ages": [{"age": 10, "identified_assessed_decided": 5}]}'),
    ('{"n_outside": 9, "n_incomplete": 9, "ages": []}'), (NULL)) AS v(c);

-- three clusters of 6 children, by hand: gap 6/18, residuals 0, 2/18 and -2/18,
-- variance 3/2 * 8/324; t of 2 degrees of freedom is .95 / sqrt(2 * .975 * .025)
CREATE TEMP TABLE three AS
    SELECT cluster_agg(c::age_curve) AS k FROM (VALUES
        ('{"n_outside": 0, "n_incomplete": 0, "ages": [{"age": 3, "none": 4, "identified": 2}]}'),
        ('{"n_outside": 0, "n_incomplete": 0, "ages": [{"age": 3, "none": 2, "identified": 4}]}'),
        ('{"n_outside": 0, "n_incomplete": 0, "ages": [{"age": 3, "none": 6}]}')) AS v(c);
SELECT age, n, gap, gap_lower, gap_upper, gap_band_lower, status FROM three, curve(k);
SELECT tanh(atanh(1 / 3.0::float8) + sign * 0.95 / sqrt(2 * 0.975 * 0.025::float8) * sqrt(1.5 * 8 / 324::float8) / (8 / 9.0)) AS by_hand
FROM unnest(ARRAY[-1, 1]) AS sign;

-- 40 municipalities of different sizes, which decide differently at all ages
CREATE TEMP TABLE child AS
    SELECT m, i % 18 AS age, random_uniform(1, m, 3 * i) < 0.85 AS identified,
        random_uniform(1, m, 3 * i + 1) < 0.4 AS assessed,
        random_uniform(1, m, 3 * i + 2) < 0.10 + 0.02 * (i % 18) + 0.05 * random_below(2, 0, m, 7) AS decided
    FROM generate_series(1, 40) AS m, generate_series(1, 30 + 60 * (m % 7)) AS i;
CREATE TEMP TABLE municipality AS
    SELECT m, age_curve_agg(age, identified, assessed, decided) AS c FROM child GROUP BY m;
CREATE TEMP TABLE nation AS SELECT cluster_agg(c) AS k, rollup(c) AS whole FROM municipality;

-- the same estimates as for all children together, and other intervals
SELECT age, n, gap, gap_lower, gap_upper, round(gap_band_lower::numeric, 3) AS band_lower,
    round(gap_band_upper::numeric, 3) AS band_upper, round(gap_smooth::numeric, 4) AS smooth,
    round(gap_smooth_lower::numeric, 3) AS smooth_lower,
    round(gap_smooth_upper::numeric, 3) AS smooth_upper, status
FROM nation, curve(k) WHERE age % 4 = 0;
SELECT age, identified, identified_lower, identified_upper, assessed, assessed_lower, decided,
    decided_upper, assessed_gap, assessed_gap_lower, round(assessed_gap_band_upper::numeric, 3) AS band_upper
FROM nation, curve(k) WHERE age % 8 = 0;
SELECT bool_and((a.n, a.gap, a.identified, a.assessed, a.decided, a.assessed_gap) =
                (b.n, b.gap, b.identified, b.assessed, b.decided, b.assessed_gap)) AS same_estimates,
    count(*) FILTER (WHERE a.gap_upper - a.gap_lower > b.gap_upper - b.gap_lower) AS wider, count(*)
FROM nation, curve(k) AS a JOIN LATERAL curve(whole) AS b USING (age);
-- a share is that of the clusters that have the age's children as a proportion
SELECT bool_and(i.lower = p.decided_lower AND i.upper = p.decided_upper) AS same_interval
FROM nation, curve(k) AS p, LATERAL (
    SELECT (confint(cluster_agg(s))).* FROM (
        SELECT m, proportion_agg(decided) AS s FROM child WHERE child.age = p.age GROUP BY m) AS one) AS i;

-- kinds of gap, kinds of smooth
SELECT shape, kind, count(p.gap_smooth), round(sum(p.gap_smooth)::numeric, 3) AS sum,
    bool_and(p.gap_smooth_lower <= p.gap_smooth AND p.gap_smooth <= p.gap_smooth_upper) AS inside
FROM nation, unnest(ARRAY['p-spline', 'falling', 'rising', 'none']) AS shape,
    unnest(ARRAY['identified', 'assessed']) AS kind, curve(k, 0.9, shape, kind) AS p
GROUP BY shape, kind ORDER BY shape, kind;

-- the mean gap
SELECT a.* FROM nation, gap_area(k) AS a UNION ALL SELECT a.* FROM nation, gap_area(whole) AS a;
SELECT a.* FROM nation, municipality, gap_area(k, c, 0.9, 'assessed') AS a WHERE m = 1;

-- trend and change point, over municipalities and of all children
SELECT t.* FROM nation, gap_trend_test(k) AS t UNION ALL SELECT t.* FROM nation, gap_trend_test(whole) AS t;
SELECT t.statistic, t.df2, t.slope, t.departure_df, t.status FROM nation, gap_trend_test(k, 'assessed') AS t;
SELECT round(p.age::numeric, 4) AS age, round(age_lower::numeric, 3) AS lower, round(age_upper::numeric, 3) AS upper,
    round(slope_before::numeric, 6) AS before, round(p_value::numeric, 2) AS p, method, status
FROM nation, gap_change_point(k) AS p;
SELECT gap_change_point(k) IS NOT DISTINCT FROM gap_change_point(k, 0.95, 'identified') AS defaults FROM nation;

-- any order and any partition gives the same
SELECT count(DISTINCT k::text) AS forms
FROM (SELECT cluster_agg(c ORDER BY m) FROM municipality
      UNION ALL SELECT cluster_agg(c ORDER BY m DESC) FROM municipality
      UNION ALL SELECT rollup(part) FROM (SELECT cluster_agg(c) AS part FROM municipality GROUP BY m % 4) AS p
      UNION ALL SELECT rollup(part) FROM (SELECT cluster_agg(c) AS part FROM municipality GROUP BY m) AS p
      UNION ALL SELECT k::text::clustered FROM nation) AS s(k);
SELECT (whole - part)::text = rest::text AS taken_away
FROM (SELECT cluster_agg(c) AS whole, cluster_agg(c) FILTER (WHERE m < 9) AS part,
          cluster_agg(c) FILTER (WHERE m >= 9) AS rest FROM municipality) AS s;

-- 290 municipalities with all ages
SELECT clusters(k), n(k), pg_column_size(k) AS bytes, (SELECT count(*) FROM curve(k) WHERE status = 'ok') AS ages
FROM (SELECT cluster_agg(c) AS k FROM (
    SELECT age_curve_agg((i % 21)::integer, i % 2 = 0, i % 3 = 0, i % (4 + m % 3) = 0) AS c
    FROM generate_series(1, 290) AS m, generate_series(1, 200) AS i GROUP BY m) AS s) AS t;

-- thin data
CREATE TEMP TABLE thin AS
    SELECT what, cluster_agg(('{"n_outside": 0, "n_incomplete": 0, "ages": ' || ages || '}')::age_curve) AS k
    FROM (VALUES ('one cluster', '[{"age": 7, "identified": 2, "none": 1}]'),
              ('two clusters', '[{"age": 7, "identified": 2, "none": 1}]'),
              ('two clusters', '[{"age": 7, "identified": 1, "none": 4}]'),
              ('no children', '[]'),
              ('an age in one', '[{"age": 7, "identified": 2, "none": 1}, {"age": 9, "none": 3}]'),
              ('an age in one', '[{"age": 7, "identified": 1, "none": 4}]'),
              ('all alike', '[{"age": 0, "identified": 2}, {"age": 1, "decided": 3}, {"age": 2, "none": 2}]'),
              ('all alike', '[{"age": 0, "identified": 2}, {"age": 1, "decided": 3}, {"age": 2, "none": 2}]'),
              ('a billion', '[{"age": 4, "identified": 1000000000, "none": 1000000000}]'),
              ('a billion', '[{"age": 4, "identified": 1000000001, "none": 999999999}]'),
              ('a billion', '[{"age": 4, "identified": 999999999, "none": 1000000001}]')) AS v(what, ages)
    GROUP BY what;
SELECT what, age, p.n, gap, gap_lower, gap_upper, round(gap_band_lower::numeric, 3) AS band_lower, gap_smooth, decided, decided_upper, status
FROM thin, curve(k) AS p ORDER BY what, age;
SELECT what, a.estimate, a.lower, a.upper, a.ages, a.covered, a.status FROM thin, gap_area(k) AS a ORDER BY what;
SELECT what, t.statistic, t.df, t.df2, t.slope, t.method, t.status, p.age, p.status
FROM thin, gap_trend_test(k) AS t, gap_change_point(k) AS p ORDER BY what;
SELECT count(*) AS rows FROM curve(NULL::clustered);
SELECT gap_area(NULL::clustered) IS NULL AS area, gap_trend_test(NULL::clustered) IS NULL AS trend,
    gap_change_point(NULL::clustered) IS NULL AS change;
SELECT cluster_agg(c) FROM municipality WHERE false;

-- wrong settings
\set VERBOSITY sqlstate
SELECT curve(cluster_agg(make_proportion(5, 1)));
SELECT gap_area(cluster_agg(make_proportion(5, 1)));
SELECT curve(cluster_agg(crosstab_agg)) FROM (SELECT crosstab_agg(21, 'none')) AS s;
SELECT curve(k, 1) FROM nation;
SELECT curve(k, smooth => 'line') FROM nation;
SELECT curve(k, gap => 'decided') FROM nation;
SELECT gap_area(k, 0) FROM nation;
SELECT gap_trend_test(cluster_agg(make_proportion(5, 1)));
SELECT gap_trend_test(k, 'decided') FROM nation;
SELECT gap_change_point(k, 2) FROM nation;
SELECT gap_change_point(k, 2) FROM thin WHERE what = 'no children';
