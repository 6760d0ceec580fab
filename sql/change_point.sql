-- the age at which a slope changes
SET search_path = nuso, public;
\set SHOW_CONTEXT never
SET extra_float_digits = -5;

-- births with Down syndrome by mother's age (Geyer 1991); the package segmented
-- prints 31.08; chi-square's interval of the profile is 29.45404 to 33.42157
CREATE TEMP TABLE down AS
SELECT crosstab_agg(age, syndrome, children) AS births
FROM (VALUES ('17.0', 13555, 16), ('18.5', 13675, 15), ('19.5', 18752, 16), ('20.5', 22005, 22), ('21.5', 23896, 16),
             ('22.5', 24667, 12), ('23.5', 24807, 17), ('24.5', 23986, 22), ('25.5', 22860, 15), ('26.5', 21450, 14),
             ('27.5', 19202, 27), ('28.5', 17450, 14), ('29.5', 15685, 9), ('30.5', 13954, 12), ('31.5', 11987, 12),
             ('32.5', 10983, 18), ('33.5', 9825, 13), ('34.5', 8483, 11), ('35.5', 7448, 23), ('36.5', 6628, 13),
             ('37.5', 5780, 17), ('38.5', 4834, 15), ('39.5', 3961, 30), ('40.5', 2952, 31), ('41.5', 2276, 33),
             ('42.5', 1589, 20), ('43.5', 1018, 16), ('44.5', 596, 22), ('45.5', 327, 11), ('47.0', 249, 7))
         AS v(age, n, cases),
     LATERAL (VALUES (true, cases), (false, n - cases)) AS w(syndrome, children);
SELECT (c).age, round((c).age_lower::numeric, 3) AS lower, round((c).age_upper::numeric, 3) AS upper,
       (c).slope_before, (c).slope_after, (c).statistic, to_char((c).p_value, '9EEEE') AS p_value, (c).method, (c).status
FROM (SELECT change_point(births) AS c FROM down) AS x \gx
-- the other children mirror the slopes
SELECT (c).age, (c).slope_before, (c).slope_after, (c).statistic FROM (SELECT change_point(births, 'false') AS c FROM down) AS x;

-- a gap that falls to an age and is level from there on
CREATE TEMP TABLE fall AS
SELECT age_curve_agg(age, i % 20 < 18 - least(age, 10), i % 20 < 12 - greatest(age - 8, 0) / 2, i % 20 < 2) AS curve
FROM generate_series(0, 17) AS age, generate_series(1, 400) AS i;
SELECT (c).age, round((c).age_lower::numeric, 3) AS lower, round((c).age_upper::numeric, 3) AS upper,
       round((c).slope_before::numeric, 6) AS before, round((c).slope_after::numeric, 6) AS after,
       round((c).statistic::numeric, 6) AS statistic, (c).p_value < 1e-25 AS p, (c).method, (c).status
FROM (SELECT gap_change_point(curve) AS c FROM fall) AS x;
-- another gap; a higher level is wider
SELECT level, gap, round((c).age::numeric, 6) AS age, round((c).age_lower::numeric, 3) AS lower,
       round((c).age_upper::numeric, 3) AS upper, (c).method, (c).status
FROM fall, unnest('{0.8,0.95,0.999}'::float8[]) AS level, unnest('{identified,assessed}'::text[]) AS gap,
     gap_change_point(curve, level, gap) AS c
ORDER BY gap, level;
SELECT gap_change_point(curve) = gap_change_point(curve, 0.95, 'identified') AS is_default,
       gap_change_point(curve) = gap_change_point(curve + curve - curve) AS same_again FROM fall;
-- few children: the bend can be anywhere
SELECT (c).age IS NOT NULL AS age, round((c).age_lower::numeric, 2) AS lower, round((c).age_upper::numeric, 2) AS upper, (c).method, (c).status
FROM (SELECT gap_change_point(age_curve_agg(age, i % 20 < 18 - 2 * least(age, 6), true, i % 20 < 1)) AS c
      FROM generate_series(0, 17) AS age, generate_series(1, 20) AS i) AS x;

-- a straight line has no change point, and its slope is both slopes
SELECT (c).age, (c).age_lower, (c).age_upper, round((c).slope_before::numeric, 6) AS before,
       round((c).slope_after::numeric, 6) AS after, (c).statistic < 1e-12 AS none, (c).p_value, (c).method, (c).status
FROM (SELECT gap_change_point(age_curve_agg(age, i % 20 < 18 - age / 2, true, i % 20 < 1)) AS c
      FROM generate_series(0, 16, 2) AS age, generate_series(1, 100) AS i) AS x;

-- thin data
SELECT what, (gap_change_point(age_curve_agg(age, i, true, d))).*
FROM (SELECT 'four ages' AS what, a % 4 AS age, a % 3 = 0 AS i, a % 5 = 0 AS d FROM generate_series(1, 40) AS a
      UNION ALL SELECT 'one age', 7, a % 3 = 0, false FROM generate_series(1, 9) AS a
      UNION ALL SELECT 'all identified, none decided', a % 9, true, false FROM generate_series(1, 90) AS a
      UNION ALL SELECT 'no gap', a % 9, a % 2 = 0, a % 2 = 0 FROM generate_series(1, 90) AS a
      UNION ALL SELECT 'no age known', NULL, true, true) AS v
GROUP BY what ORDER BY what;
SELECT gap_change_point(age_curve_agg(1, true, true, true)) FROM fall WHERE false;
SELECT gap_change_point(NULL::age_curve) IS NULL AS n1, gap_change_point(curve, NULL) IS NULL AS n2,
       change_point(NULL) IS NULL AS n3, change_point(births, NULL) IS NULL AS n4 FROM fall, down;
SELECT what, (c).age, (c).age_lower, round((c).age_upper::numeric, 3) AS upper, (c).slope_before, (c).slope_after,
       (c).statistic, round((c).p_value::numeric, 3) AS p_value, (c).method, (c).status
FROM (VALUES ('empty', make_crosstab('{{0,0},{0,0}}', '{1,2}', '{false,true}')),
             ('no such column', make_crosstab('{{3,5},{2,8}}', '{1,2}', '{a,b}')),
             ('nobody', make_crosstab('{{3},{2},{1},{4},{5},{3}}', '{1,2,3,4,5,6}', '{false}')),
             ('everybody', make_crosstab('{{3},{2},{1},{4},{5},{3}}', '{1,2,3,4,5,6}', '{true}')),
             ('four ages', make_crosstab('{{3,5},{2,8},{0,0},{4,1},{1,7}}', '{1,2,3,4,5}', '{false,true}')),
             ('from an age on', make_crosstab('{{9,0},{9,0},{9,0},{9,0},{4,5},{4,6},{3,6},{3,7}}',
                                              '{1,2,3,4,5,6,7,8}', '{false,true}')))
     AS v(what, t), LATERAL change_point(t) AS c;

-- large counts: the bend is where it is
SELECT round((c).age::numeric, 6) AS age, (c).age_upper - (c).age_lower < 0.01 AS narrow, (c).p_value, (c).status
FROM (SELECT change_point(crosstab_agg(age, e, n)) AS c
      FROM generate_series(0, 17) AS age,
           LATERAL (SELECT (1e9 / (1 + exp(1 - 0.05 * least(age, 11.5))))::bigint AS x) AS y,
           LATERAL (VALUES (true, x), (false, 1000000000 - x)) AS v(e, n)) AS z;

-- wrong settings
\set VERBOSITY sqlstate
SELECT gap_change_point(curve, 1) FROM fall;
SELECT gap_change_point(curve, 'NaN') FROM fall;
SELECT gap_change_point(curve, 0.95, 'need') FROM fall;
SELECT change_point(births, 'true', 0) FROM down;
SELECT change_point(make_crosstab('{{3,5},{2,8}}', '{young,old}', '{false,true}'));
SELECT change_point(make_crosstab('{{3,5},{2,8}}', '{1,1.0}', '{false,true}'));
SELECT change_point(crosstab_agg(i, i % 2 = 0)) FROM generate_series(1, 129) AS i;
\set VERBOSITY default
SELECT change_point(make_crosstab('{{3,5},{2,8}}', '{1e9,2e9}', '{false,true}'));
