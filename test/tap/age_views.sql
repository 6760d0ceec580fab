-- age_views.sql - the report views over ages, on the demonstration data.
--
-- Reads the warehouse that was loaded with scale 1 and seed 1. Counts, shares
-- and adjusted p-values are computed again by plain SQL; of intervals and
-- smooths the properties are tested that every data set has, and the shapes
-- that are published.
\set QUIET 1
SET client_min_messages = warning;
BEGIN;
SELECT plan(43);

-- each view once
CREATE TEMPORARY TABLE nation AS SELECT * FROM warehouse.age_gap;
CREATE TEMPORARY TABLE clustered AS SELECT * FROM warehouse.age_gap_clustered;
CREATE TEMPORARY TABLE by_group AS SELECT * FROM warehouse.age_gap_by_group;
CREATE TEMPORARY TABLE by_unit AS SELECT * FROM warehouse.age_gap_by_unit;
CREATE TEMPORARY TABLE one_unit AS SELECT * FROM warehouse.unit_gap;
CREATE TEMPORARY TABLE exposure AS SELECT * FROM warehouse.exposure_by_age;
CREATE TEMPORARY TABLE ladder AS SELECT * FROM warehouse.participation_by_age;

CREATE TEMPORARY VIEW child AS
SELECT i.*, u.size_class,
       (exposure_home OR exposure_own)::integer - granted::integer AS difference,
       CASE WHEN age <= 5 THEN 0 WHEN age <= 9 THEN 6 WHEN age <= 14 THEN 10
            ELSE 15 END AS band,
       CASE WHEN shier_5 THEN 5 WHEN shier_4 THEN 4 WHEN shier_3 THEN 3
            WHEN shier_2 THEN 2 WHEN shier_1 THEN 1 ELSE 0 END AS highest
FROM warehouse.investigation AS i JOIN warehouse.unit AS u USING (unit_id);

-- a point inside its interval, the interval inside the band
CREATE FUNCTION pg_temp.nested(point float8, lower float8, upper float8,
                               band_lower float8, band_upper float8)
RETURNS boolean LANGUAGE sql
RETURN band_lower <= lower AND lower <= point AND point <= upper
    AND upper <= band_upper;

-- age_gap
SELECT is_empty(
    $$SELECT age FROM nation
      WHERE abs(identified - decided - gap) > 1e-12
         OR abs(assessed - decided - assessed_gap) > 1e-12$$,
    'age_gap: a gap is the difference of its shares');
SELECT is_empty(
    $$SELECT age FROM nation
      WHERE NOT pg_temp.nested(gap, gap_lower, gap_upper,
                               gap_band_lower, gap_band_upper)
         OR NOT pg_temp.nested(assessed_gap, assessed_gap_lower,
                               assessed_gap_upper, assessed_gap_band_lower,
                               assessed_gap_band_upper)
         OR NOT (gap_band_lower < gap_lower AND gap_upper < gap_band_upper)$$,
    'age_gap: the band contains the interval, and the interval the gap');
SELECT is_empty(
    $$SELECT age FROM nation
      WHERE NOT (-1 <= gap_smooth_lower AND gap_smooth_lower < gap_smooth
                 AND gap_smooth < gap_smooth_upper AND gap_smooth_upper <= 1)$$,
    'age_gap: the smooth is inside its band, from -1 to 1');
SELECT is_empty(
    $$SELECT age FROM nation
      WHERE grouping = 'nation'
        AND NOT (gap_band_lower < gap_smooth AND gap_smooth < gap_band_upper
                 AND gap_smooth_upper - gap_smooth_lower
                     < gap_band_upper - gap_band_lower)$$,
    'age_gap: the nation''s smooth keeps to the band of its gaps, and is surer');
SELECT is_empty(
    $$SELECT g.grouping, g.group_value
      FROM nation AS g
      JOIN (SELECT sex, age, count(*) AS n FROM child GROUP BY sex, age) AS i
          ON g.grouping = 'sex' AND g.group_value = i.sex AND g.age = i.age
      WHERE g.n <> i.n$$,
    'age_gap: each group counts its own children');
SELECT is_empty(
    $$SELECT wave, grouping, group_value FROM nation GROUP BY 1, 2, 3
      HAVING count(DISTINCT (trend_p_value, change_age, change_age_lower,
                             change_age_upper, slope_before, slope_after,
                             change_p_value, change_status)) <> 1$$,
    'age_gap: what is said of a whole curve is said in each of its rows');

-- the published shape
SELECT is(age, 0, 'the gap is largest for the youngest')
FROM nation WHERE grouping = 'nation' ORDER BY gap DESC LIMIT 1;
SELECT is_empty(
    $$SELECT a.age FROM nation AS a JOIN nation AS b ON b.age = a.age + 1
      WHERE a.grouping = 'nation' AND b.grouping = 'nation' AND b.age <= 13
        AND NOT a.gap_smooth > b.gap_smooth$$,
    'the smoothed gap falls from year to year up to 13');
SELECT ok(bool_and(trend_p_value < 1e-10), 'the gap falls with age')
FROM nation WHERE grouping = 'nation';
SELECT ok(bool_and(change_status = 'ok' AND change_p_value < 0.05
                   AND change_age_lower <= 14 AND change_age_upper >= 14
                   AND change_age BETWEEN 12.5 AND 15.5),
          'and its slope changes at about 14')
FROM nation WHERE grouping = 'nation';
SELECT ok(bool_and(slope_before BETWEEN -0.020 AND -0.014
                   AND slope_after > slope_before),
          'until then it falls by less than two percentage points a year')
FROM nation WHERE grouping = 'nation';

-- age_gap_clustered
SELECT results_eq(
    $$SELECT age, n, gap, gap_lower, gap_upper, gap_band_lower, gap_band_upper,
             gap_smooth, gap_smooth_lower, gap_smooth_upper
      FROM clustered ORDER BY age$$,
    $$SELECT age, n, gap, gap_lower, gap_upper, gap_band_lower, gap_band_upper,
             gap_smooth, gap_smooth_lower, gap_smooth_upper
      FROM nation WHERE grouping = 'nation' ORDER BY age$$,
    'age_gap_clustered: without clusters it is the nation of age_gap');
SELECT is_empty(
    $$SELECT age FROM clustered
      WHERE units <> 134 OR clustered_status <> 'ok'
         OR NOT pg_temp.nested(gap, clustered_lower, clustered_upper,
                               clustered_band_lower, clustered_band_upper)
         OR NOT (clustered_smooth_lower < clustered_smooth
                 AND clustered_smooth < clustered_smooth_upper)$$,
    'age_gap_clustered: the band contains the interval, and the interval the gap');
SELECT ok(avg((clustered_band_upper - clustered_band_lower)
              / (gap_band_upper - gap_band_lower)) BETWEEN 0.9 AND 1.5,
          'age_gap_clustered: clusters widen the band by a little')
FROM clustered;
SELECT is_empty(
    $$SELECT c.age FROM clustered AS c JOIN nation AS g USING (age)
      WHERE g.grouping = 'nation'
        AND NOT (c.trend_p_value > g.trend_p_value AND c.trend_p_value < 1e-20
                 AND c.change_age_lower < 14 AND c.change_age_upper > 14
                 AND abs(c.change_age - g.change_age) < 0.5
                 AND c.change_status = 'ok')$$,
    'age_gap_clustered: the gap falls until 14 over units, too, on fewer of them than children');

-- age_gap_by_group
SELECT is_empty(
    $$SELECT g.grouping, g.group_value, g.age, g.n, i.n
      FROM by_group AS g
      FULL JOIN (
          SELECT v.grouping, v.group_value, c.age, count(*) AS n,
                 avg(c.difference)::float8 AS gap
          FROM child AS c
          CROSS JOIN LATERAL (
              VALUES ('sex', c.sex), ('background', c.background),
                     ('diagnosis', CASE WHEN c.diagnosis THEN 'yes' ELSE 'no' END),
                     ('residence', c.residence),
                     ('size class', c.size_class::text)
          ) AS v (grouping, group_value)
          WHERE v.group_value <> 'unknown'
          GROUP BY 1, 2, 3) AS i USING (grouping, group_value, age)
      WHERE g.n IS DISTINCT FROM i.n OR NOT abs(g.gap - i.gap) < 1e-12$$,
    'age_gap_by_group: each group counts its own children');
SELECT is_empty(
    $$SELECT grouping, age FROM by_group GROUP BY grouping, age
      HAVING max(n + rest_n) <> sum(n) OR min(n + rest_n) <> sum(n)$$,
    'age_gap_by_group: the group and its rest are the grouping');
SELECT is_empty(
    $$SELECT group_value, age FROM by_group
      WHERE NOT pg_temp.nested(gap, gap_lower, gap_upper,
                               gap_band_lower, gap_band_upper)
         OR NOT pg_temp.nested(difference, difference_lower, difference_upper,
                               difference_band_lower, difference_band_upper)
         OR NOT (-1 <= gap_smooth_lower AND gap_smooth_lower < gap_smooth
                 AND gap_smooth < gap_smooth_upper AND gap_smooth_upper <= 1)
         OR abs(gap - rest_gap - difference) > 1e-12
         OR p_adjusted < p_value$$,
    'age_gap_by_group: bands contain intervals, intervals their points');
SELECT is_empty(
    $$SELECT a.grouping, a.age FROM by_group AS a
      JOIN by_group AS b USING (grouping, age)
      WHERE a.group_value IN ('girl', 'swedish', 'yes')
        AND b.group_value IN ('boy', 'foreign', 'no')
        AND NOT (abs(a.difference + b.difference) < 1e-12
                 AND abs(a.difference_lower + b.difference_upper) < 1e-12
                 AND abs(a.difference_band_lower + b.difference_band_upper) < 1e-9
                 AND a.rest_n = b.n AND abs(a.p_value - b.p_value) < 1e-12
                 AND abs(a.group_p_value - b.group_p_value) < 1e-12
                 AND a.group_p_adjusted = b.group_p_adjusted)$$,
    'age_gap_by_group: two groups mirror each other');
SELECT is_empty(
    $$WITH family AS (
          SELECT DISTINCT grouping, group_value, group_p_value AS p,
                 group_p_adjusted AS adjusted
          FROM by_group WHERE group_value NOT IN ('boy', 'foreign', 'no'))
      SELECT f.grouping, f.group_value FROM family AS f
      WHERE NOT abs(f.adjusted - least(1, (
          SELECT max(h.p * (SELECT count(*) FROM family AS k WHERE k.p >= h.p))
          FROM family AS h WHERE h.p <= f.p))) <= 1e-12 * f.adjusted$$,
    'age_gap_by_group: tests of groups adjusted as Holm defines');
SELECT ok(bool_and(group_p_adjusted < 1e-6 AND group_status = 'ok'),
          'age_gap_by_group: the gaps of girls and boys differ')
FROM by_group WHERE group_value = 'girl';

-- age_gap_by_unit
SELECT is(sum(n)::bigint, 21858::bigint,
          'age_gap_by_unit: every child is in one row') FROM by_unit;
SELECT is_empty(
    $$SELECT u.unit_id, u.age_from
      FROM by_unit AS u
      FULL JOIN (SELECT unit_id, band AS age_from, count(*) AS n,
                        avg(difference)::float8 AS gap,
                        avg((exposure_home OR exposure_own)::integer) AS identified,
                        avg(need::integer) AS assessed,
                        avg(granted::integer) AS decided
                 FROM child GROUP BY 1, 2) AS i USING (unit_id, age_from)
      WHERE u.n IS DISTINCT FROM i.n OR NOT abs(u.gap - i.gap) < 1e-12
         OR NOT abs(u.identified - i.identified) < 1e-12
         OR NOT abs(u.assessed - i.assessed) < 1e-12
         OR NOT abs(u.decided - i.decided) < 1e-12$$,
    'age_gap_by_unit: a band is the children of its ages');
SELECT is_empty(
    $$SELECT u.unit_id, u.age_from
      FROM by_unit AS u
      JOIN (SELECT unit_id, band, count(*) AS n, sum(difference) AS difference
            FROM child GROUP BY 1, 2) AS i
          ON i.unit_id = u.unit_id AND i.band = u.age_from
      JOIN (SELECT band, count(*) AS n, sum(difference) AS difference
            FROM child GROUP BY 1) AS t USING (band)
      WHERE u.rest_n <> t.n - i.n
         OR abs(u.rest_gap - (t.difference - i.difference)::float8 / u.rest_n)
            > 1e-12
         OR abs(u.gap - u.rest_gap - u.difference) > 1e-12$$,
    'age_gap_by_unit: the unit and the rest are the nation');
SELECT ok(bool_and(pooled
                   AND (age_from, age_to) IN ((0, 5), (6, 9), (10, 14), (15, 20))),
          'age_gap_by_unit: units of fewer than 540 children are pooled')
FROM by_unit;
SELECT is_empty(
    $$SELECT unit_id, age_from FROM by_unit
      WHERE NOT pg_temp.nested(gap, gap_lower, gap_upper,
                               gap_band_lower, gap_band_upper)
         OR NOT (difference_lower <= difference AND difference <= difference_upper)
         OR p_adjusted < p_value$$,
    'age_gap_by_unit: bands contain intervals, intervals their points');
SELECT is_empty(
    $$WITH ranked AS (
          SELECT *, count(p_value) OVER () AS tests, count(p_value) OVER (
                     ORDER BY p_value RANGE UNBOUNDED PRECEDING) AS rank
          FROM by_unit WHERE p_value IS NOT NULL)
      SELECT u.unit_id, u.age_from FROM ranked AS u
      WHERE NOT abs(u.p_adjusted - least(1, (
          SELECT min(v.p_value * v.tests / v.rank)
          FROM ranked AS v WHERE v.p_value >= u.p_value))) < 1e-12$$,
    'age_gap_by_unit: p-values adjusted as Benjamini and Hochberg define');
SELECT is_empty(
    $$SELECT unit_id FROM by_unit
      WHERE finding IS DISTINCT FROM
            CASE WHEN p_adjusted >= 0.05 THEN 'not distinguishable'
                 WHEN p_adjusted < 0.05 AND difference > 0 THEN 'higher'
                 WHEN p_adjusted < 0.05 THEN 'lower' END$$,
    'age_gap_by_unit: the finding says what the numbers say');

-- unit_gap
SELECT is_empty(
    $$SELECT o.unit_id
      FROM one_unit AS o
      FULL JOIN (
          SELECT u.unit_id, sum(u.gap * t.n) / sum(t.n) AS gap,
                 sum(u.rest_gap * t.n) / sum(t.n) AS rest_gap,
                 sum(u.gap * u.n) / sum(u.n) AS crude_gap,
                 sum(t.n) / 21858 AS covered, sum(u.n) AS n
          FROM by_unit AS u
          JOIN (SELECT band AS age_from, count(*)::float8 AS n
                FROM child GROUP BY 1) AS t USING (age_from)
          GROUP BY u.unit_id) AS d USING (unit_id)
      WHERE NOT abs(o.gap - d.gap) < 1e-12
         OR NOT abs(o.crude_gap - d.crude_gap) < 1e-12
         OR NOT abs(o.area_covered - d.covered) < 1e-12
         OR NOT (abs(o.rest_gap - d.rest_gap) < 1e-12 OR d.covered < 1)
         OR o.n <> d.n OR o.n + o.rest_n <> 21858$$,
    'unit_gap: the rows of age_gap_by_unit, with the nation''s ages as weights');
SELECT is_empty(
    $$SELECT unit_id FROM one_unit
      WHERE NOT (gap_lower <= gap AND gap <= gap_upper
                 AND crude_gap_lower <= crude_gap AND crude_gap <= crude_gap_upper
                 AND rest_gap_lower < rest_gap AND rest_gap < rest_gap_upper)$$,
    'unit_gap: intervals contain their points');
SELECT is_empty(
    $$WITH ranked AS (
          SELECT *, count(p_value) OVER () AS tests, count(p_value) OVER (
                     ORDER BY p_value RANGE UNBOUNDED PRECEDING) AS rank
          FROM one_unit WHERE p_value IS NOT NULL)
      SELECT u.unit_id FROM ranked AS u
      WHERE NOT abs(u.p_adjusted - least(1, (
          SELECT min(v.p_value * v.tests / v.rank)
          FROM ranked AS v WHERE v.p_value >= u.p_value))) < 1e-12$$,
    'unit_gap: p-values adjusted as Benjamini and Hochberg define');
SELECT ok(bool_and(finding IS NOT DISTINCT FROM
                   CASE WHEN p_adjusted < 0.05 THEN 'different'
                        WHEN p_adjusted >= 0.05 THEN 'not distinguishable' END)
          AND count(*) FILTER (WHERE finding = 'not distinguishable') > 100,
          'unit_gap: most units cannot be told apart from the rest')
FROM one_unit;

-- exposure_by_age
SELECT is_empty(
    $$SELECT x.age, x.exposure
      FROM exposure AS x
      FULL JOIN (SELECT age, exposure, count(*) AS children,
                        sum(count(*)) OVER (PARTITION BY age) AS n
                 FROM child GROUP BY age, exposure) AS i USING (age, exposure)
      WHERE x.n IS DISTINCT FROM i.n OR x.children IS DISTINCT FROM i.children
         OR abs(x.share - i.children / i.n) > 1e-12 OR x.status <> 'ok'$$,
    'exposure_by_age: counts and shares');
SELECT is_empty(
    $$SELECT age FROM exposure GROUP BY age HAVING abs(sum(share) - 1) > 1e-12$$,
    'exposure_by_age: shares of an age sum to 1');
SELECT is_empty(
    $$SELECT age, exposure FROM exposure
      WHERE NOT pg_temp.nested(share, share_lower, share_upper,
                               share_band_lower, share_band_upper)
         OR NOT (0 <= share_smooth_lower AND share_smooth_lower < share_smooth
                 AND share_smooth < share_smooth_upper AND share_smooth_upper <= 1)$$,
    'exposure_by_age: bands contain intervals, intervals their points');
SELECT is_empty(
    $$SELECT a.age FROM exposure AS a JOIN exposure AS b ON b.age = a.age + 1
      WHERE a.exposure = b.exposure
        AND (a.exposure = 'home' AND NOT a.share_smooth > b.share_smooth
             OR a.exposure = 'own' AND NOT a.share_smooth < b.share_smooth)$$,
    'exposure at home falls with age, own behaviour rises');
SELECT ok(bool_and(crossing_status = 'ok' AND crossing_age BETWEEN 14 AND 17
                   AND crossing_age_lower < crossing_age
                   AND crossing_age < crossing_age_upper
                   AND crossing_age_upper - crossing_age_lower < 1),
          'and overtakes it between 14 and 17')
FROM exposure;
SELECT is_empty(
    $$SELECT a.age FROM exposure AS a JOIN exposure AS b USING (age)
      WHERE a.exposure = 'home' AND b.exposure = 'own'
        AND (a.age < a.crossing_age_lower - 0.5 AND a.share < b.share
             OR a.age > a.crossing_age_upper + 0.5 AND a.share > b.share)$$,
    'exposure_by_age: the shares cross where the crossing is');

-- participation_by_age
SELECT is_empty(
    $$SELECT l.age, l.level
      FROM ladder AS l
      FULL JOIN (SELECT age, level, count(*) AS n,
                        count(*) FILTER (WHERE highest >= level) AS children,
                        count(*) FILTER (
                            WHERE CASE level WHEN 1 THEN shier_1 WHEN 2 THEN shier_2
                                  WHEN 3 THEN shier_3 WHEN 4 THEN shier_4
                                  ELSE shier_5 END) AS stated,
                        count(*) FILTER (
                            WHERE shier_2 AND NOT shier_1 OR shier_3 AND NOT shier_2
                               OR shier_4 AND NOT shier_3 OR shier_5 AND NOT shier_4)
                            AS broken
                 FROM child CROSS JOIN generate_series(1, 5) AS level
                 GROUP BY age, level) AS i USING (age, level)
      WHERE l.n IS DISTINCT FROM i.n OR l.children IS DISTINCT FROM i.children
         OR l.stated_children IS DISTINCT FROM i.stated
         OR l.n_not_cumulative IS DISTINCT FROM i.broken
         OR abs(l.share * i.n - i.children) > 1e-6 OR l.status <> 'ok'$$,
    'participation_by_age: counts and shares');
SELECT is_empty(
    $$SELECT a.age, a.level FROM ladder AS a
      JOIN ladder AS b ON b.age = a.age AND b.level = a.level + 1
      WHERE a.share < b.share$$,
    'participation_by_age: no level is reached more often than the one below');
SELECT is_empty(
    $$SELECT age, level FROM ladder
      WHERE NOT pg_temp.nested(share, share_lower, share_upper,
                               share_band_lower, share_band_upper)
         OR NOT (0 <= share_smooth_lower AND share_smooth_lower < share_smooth
                 AND share_smooth < share_smooth_upper AND share_smooth_upper <= 1)
         OR stated_children > children$$,
    'participation_by_age: bands contain intervals, intervals their points');
SELECT ok(bool_and(expected = (age > 5)),
          'participation_by_age: nothing is expected of the youngest')
FROM ladder;
SELECT ok(min(share) FILTER (WHERE expected)
          > max(share) FILTER (WHERE NOT expected),
          'participation is high from 6 years on')
FROM ladder WHERE level = 1;

SELECT * FROM finish();
ROLLBACK;
