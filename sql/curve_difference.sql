-- two age curves: the difference of their gaps by age, and one test for all
SET search_path = nuso, public;
SET extra_float_digits = -3;

-- two units; the second closes its gap with age, the first does not
CREATE TEMP TABLE child AS
    SELECT unit, i % 20 - 1 AS age, i / 20 % 10 < 8 AS identified, i / 20 % 10 < 5 AS assessed,
        (i / 20 + 2) % 10 < CASE unit WHEN 1 THEN 3 ELSE 2 + (i % 20) / 4 END AS decided
    FROM generate_series(1, 2) AS unit, generate_series(1, 2400) AS i
    WHERE i % 20 > 0 AND NOT (unit = 1 AND i % 20 IN (1, 6));
CREATE TEMP TABLE unit AS
    SELECT unit, age_curve_agg(age, identified, assessed, decided) AS curve FROM child GROUP BY unit;

-- where one has no children there is no difference, but what the other has
SELECT d.age, n_a, n_b, gap_a, gap_b, difference, difference_lower AS lower, difference_upper AS upper,
    p_value, p_adjusted, d.status
FROM unit AS a, unit AS b, LATERAL compare_curves(a.curve, b.curve) AS d
WHERE (a.unit, b.unit) = (1, 2) AND d.age IN (0, 1, 5, 9, 18)
ORDER BY age;

-- the band is wider than the intervals, the smooth band narrower than it
SELECT count(*), bool_and(difference_band_lower < difference_lower) AS below,
    bool_and(difference_band_upper > difference_upper) AS above,
    bool_and(difference_smooth_upper - difference_smooth_lower
        < difference_band_upper - difference_band_lower) AS narrower,
    round(avg(difference_smooth - difference)::numeric, 2) AS bias
FROM unit AS a, unit AS b, LATERAL compare_curves(a.curve, b.curve) AS d
WHERE (a.unit, b.unit) = (1, 2) AND d.status = 'ok';

-- swapped, everything is mirrored, to the bit
SELECT count(*), count(*) FILTER (WHERE (d.gap_a, d.n_a, d.difference, d.difference_lower,
        d.difference_band_upper, d.p_value, d.p_adjusted, d.difference_smooth, d.difference_smooth_lower)
    IS NOT DISTINCT FROM (m.gap_b, m.n_b, 0 - m.difference, 0 - m.difference_upper,
        0 - m.difference_band_lower, m.p_value, m.p_adjusted, 0 - m.difference_smooth,
        0 - m.difference_smooth_upper)) AS mirrored
FROM (SELECT d.* FROM unit AS a, unit AS b, LATERAL compare_curves(a.curve, b.curve, 0.9) AS d
      WHERE (a.unit, b.unit) = (1, 2)) AS d
JOIN (SELECT d.* FROM unit AS a, unit AS b, LATERAL compare_curves(a.curve, b.curve, 0.9) AS d
      WHERE (a.unit, b.unit) = (2, 1)) AS m USING (age);

-- adjusted as p_adjust does, over the ages that both have
SELECT count(*), count(DISTINCT d.p_adjusted) > 1 AS varied,
    bool_and(d.p_adjusted = d.by_window) AS as_p_adjust
FROM (SELECT d.*, p_adjust(d.p_value, 'holm') OVER () AS by_window
      FROM unit AS a, unit AS b, LATERAL compare_curves(a.curve, b.curve) AS d
      WHERE (a.unit, b.unit) = (1, 2)) AS d
WHERE d.status = 'ok';

-- one answer for all ages, and for the other gap
SELECT a.unit AS a, b.unit AS b, gap, t.*
FROM unit AS a, unit AS b, (VALUES ('identified'), ('assessed')) AS g (gap),
    LATERAL curve_test(a.curve, b.curve, gap) AS t
ORDER BY a, b, gap DESC;

-- with as many children in both, and decisions only where there is a need, it is the N - 1 test of shares
SELECT round(t.statistic::numeric, 6) AS statistic, round(c.statistic::numeric, 6) AS n_minus_1,
    round(t.p_value::numeric, 9) AS p_value, round(c.p_value::numeric, 9) AS p_n_minus_1
FROM curve_test('{"n_outside": 0, "n_incomplete": 0, "ages": [{"age": 4, "none": 27, "identified": 7}]}',
        '{"n_outside": 0, "n_incomplete": 0, "ages": [{"age": 4, "none": 33, "identified": 1}]}') AS t,
    compare(make_proportion(34, 7), make_proportion(34, 1), test => 'n-1') AS c;

-- a unit against the rest: what is left of the whole is the other unit
SELECT count(*), count(*) FILTER (WHERE d IS NOT DISTINCT FROM e) AS same
FROM (SELECT d FROM (SELECT rollup(curve) AS whole FROM unit) AS w, unit AS u,
          LATERAL compare_curves(u.curve, w.whole - u.curve) AS d WHERE u.unit = 1) AS d
JOIN (SELECT e FROM unit AS a, unit AS b, LATERAL compare_curves(a.curve, b.curve) AS e
      WHERE (a.unit, b.unit) = (1, 2)) AS e ON (d.d).age = (e.e).age;

-- merged from parts in another order
SELECT count(*), count(*) FILTER (WHERE d IS NOT DISTINCT FROM e) AS same
FROM (SELECT d FROM (SELECT unit, rollup(c) AS curve
                     FROM (SELECT unit, age_curve_agg(age, identified, assessed, decided) AS c
                           FROM child GROUP BY unit, age % 3, decided) AS s GROUP BY unit) AS a,
          unit AS b, LATERAL compare_curves(a.curve, b.curve, 0.99, 'assessed') AS d
      WHERE (a.unit, b.unit) = (1, 2)) AS d
JOIN (SELECT e FROM unit AS a, unit AS b, LATERAL compare_curves(a.curve, b.curve, 0.99, 'assessed') AS e
      WHERE (a.unit, b.unit) = (1, 2)) AS e ON (d.d).age = (e.e).age;

-- thin data: one child, one age, no age in common, all gaps 1, a billion children
CREATE TEMP TABLE thin (what text, a age_curve, b age_curve);
INSERT INTO thin VALUES
    ('one child each', '{"n_outside": 0, "n_incomplete": 0, "ages": [{"age": 7, "identified": 1}]}',
        '{"n_outside": 0, "n_incomplete": 0, "ages": [{"age": 7, "none": 1}]}'),
    ('no age in common', '{"n_outside": 0, "n_incomplete": 0, "ages": [{"age": 7, "identified": 1}]}',
        '{"n_outside": 0, "n_incomplete": 0, "ages": [{"age": 9, "none": 1}]}'),
    ('gap 1 in both', '{"n_outside": 0, "n_incomplete": 0, "ages": [{"age": 7, "identified": 9}]}',
        '{"n_outside": 0, "n_incomplete": 0, "ages": [{"age": 7, "identified": 4}]}'),
    ('a billion', '{"n_outside": 0, "n_incomplete": 0, "ages": [{"age": 7, "identified": 500000000, "none": 500000000}]}',
        '{"n_outside": 0, "n_incomplete": 0, "ages": [{"age": 7, "identified": 500100000, "none": 499900000}]}'),
    ('nothing at all', '{"n_outside": 3, "n_incomplete": 0, "ages": []}',
        '{"n_outside": 0, "n_incomplete": 2, "ages": []}');
SELECT what, d.age, n_a, n_b, difference AS diff, difference_lower AS lower, difference_upper AS upper,
    difference_band_lower AS band_lower, p_value, difference_smooth AS smooth, d.status
FROM thin LEFT JOIN LATERAL compare_curves(a, b) AS d ON true ORDER BY what, age;
SELECT what, t.* FROM thin, LATERAL curve_test(a, b) AS t ORDER BY what;

-- NULL in, NULL or nothing out
SELECT count(*) FROM compare_curves(NULL, (SELECT curve FROM unit WHERE unit = 1));
SELECT count(*) FROM compare_curves((SELECT curve FROM unit WHERE unit = 1), NULL);
SELECT curve_test(curve, NULL) IS NULL AS is_null FROM unit WHERE unit = 1;

\set VERBOSITY sqlstate
SELECT compare_curves(curve, curve, 1) FROM unit WHERE unit = 1;
SELECT compare_curves(curve, curve, 'NaN') FROM unit WHERE unit = 1;
SELECT compare_curves(curve, curve, 0.95, 'decided') FROM unit WHERE unit = 1;
SELECT curve_test(curve, curve, '') FROM unit WHERE unit = 1;
