-- age curves: identified, assessed and decided by age
SET search_path = nuso, public;
SET extra_float_digits = -3;

CREATE TEMP TABLE child AS
    SELECT i % 24 - 1 AS age, i % 10 < 9 AS identified, i % 10 < 5 AS assessed,
        i % 10 < 2 + (i % 24) / 6 AS decided
    FROM generate_series(1, 2400) AS i WHERE i % 24 NOT IN (0, 5);
INSERT INTO child VALUES (NULL, true, true, true), (3, NULL, true, true), (3, true, true, NULL);

-- each child is counted once: by age, outside of 0 to 20, or with a fact unknown
SELECT n(c), n_outside(c), n_incomplete(c),
    n(c) + n_outside(c) + n_incomplete(c) = (SELECT count(*) FROM child) AS complete
FROM (SELECT age_curve_agg(age, identified, assessed, decided) AS c FROM child) AS s;

-- one row an age; an age without children is a row of NULLs, not of zeros
SELECT age, n, identified, decided, gap, gap_lower, gap_upper, status
FROM curve((SELECT age_curve_agg(age, identified, assessed, decided) FROM child))
ORDER BY age;

-- the gap is the paired difference, the shares are Wilson's
SELECT count(*) FILTER (WHERE (p.lower, p.upper) IS DISTINCT FROM (c.gap_lower, c.gap_upper)) AS gaps,
    count(*) FILTER (WHERE (i.lower, i.upper) IS DISTINCT FROM (c.assessed_lower, c.assessed_upper))
        AS shares
FROM curve((SELECT age_curve_agg(age, identified, assessed, decided) FROM child), 0.9) AS c
JOIN (SELECT age, paired_agg(identified, decided) AS pair, proportion_agg(assessed) AS share
      FROM child WHERE num_nonnulls(age, identified, assessed, decided) = 4 GROUP BY age) AS a USING (age),
    LATERAL confint(a.pair, 0.9) AS p, LATERAL confint(a.share, 0.9) AS i;

-- by group, and merged again
SELECT girl, sum(n) AS n, round(max(gap)::numeric, 4) AS largest_gap
FROM (SELECT age % 2 = 0 AS girl, age_curve_agg(age, identified, assessed, decided) AS c
      FROM child WHERE age IS NOT NULL GROUP BY 1) AS s, LATERAL curve(c)
GROUP BY girl ORDER BY girl;

-- both gaps, with a band that holds at all ages: Tango's interval at a higher level
SELECT count(*) AS ages,
    count(*) FILTER (WHERE gap_band_lower <= gap_lower AND gap_upper <= gap_band_upper
                       AND assessed_gap_band_lower <= assessed_gap_lower
                       AND assessed_gap_upper <= assessed_gap_band_upper) AS wider,
    count(*) FILTER (WHERE abs(t.lower - gap_band_lower) < 1e-12 AND abs(t.upper - gap_band_upper) < 1e-12
                       AND abs(u.lower - assessed_gap_band_lower) < 1e-12
                       AND abs(u.upper - assessed_gap_band_upper) < 1e-12) AS tango
FROM curve((SELECT age_curve_agg(age, identified, assessed, decided) FROM child)) AS c
JOIN (SELECT age, paired_agg(identified, decided) AS pair, paired_agg(assessed, decided) AS other
      FROM child WHERE num_nonnulls(age, identified, assessed, decided) = 4 GROUP BY age) AS a USING (age),
    LATERAL confint(a.pair, 0.95 ^ (1 / 20.0::double precision), 'tango') AS t,
    LATERAL confint(a.other, 0.95 ^ (1 / 20.0::double precision), 'tango') AS u;
SELECT age, assessed_gap, assessed_gap_lower, assessed_gap_upper, assessed_gap_band_lower, assessed_gap_band_upper
FROM curve((SELECT age_curve_agg(age, identified, assessed, decided) FROM child)) WHERE age IN (0, 4, 12, 20);

-- the gap that was asked for
SELECT count(*) FILTER (WHERE (gap, gap_lower, gap_upper, gap_band_lower, gap_band_upper) IS DISTINCT FROM
    (assessed_gap, assessed_gap_lower, assessed_gap_upper, assessed_gap_band_lower, assessed_gap_band_upper)) AS differ
FROM curve((SELECT age_curve_agg(age, identified, assessed, decided) FROM child), gap => 'assessed');

-- monotone: a curve that falls, and its band; in R, -isoreg(-gap)
CREATE TEMP TABLE steps AS
SELECT age_curve_agg(age, true, true, i > gap) AS c
FROM (VALUES (2, 90), (3, 70), (4, 80), (6, 75), (7, 60), (8, 64), (9, 20)) AS v(age, gap),
    generate_series(1, 100) AS i;
SELECT age, n, gap, gap_smooth, gap_smooth_lower, gap_smooth_upper, status FROM steps, curve(c, smooth => 'falling');
-- no rising curve lies within the band of a falling one
SELECT age, gap_smooth, gap_smooth_lower, gap_smooth_upper FROM steps, curve(c, smooth => 'rising') WHERE age <> 4;
SELECT count(gap) AS raw, count(gap_smooth) AS smooth FROM steps, curve(c, smooth => 'none');

-- smooth: the penalised spline, beside the raw gap, at ages with children
SELECT age, n, gap, round(gap_smooth::numeric, 6) AS gap_smooth, round(gap_smooth_lower::numeric, 4) AS lower,
    round(gap_smooth_upper::numeric, 4) AS upper
FROM steps, curve(c);
SELECT count(*) FILTER (WHERE gap_smooth_lower < gap_smooth AND gap_smooth < gap_smooth_upper) AS inside,
    count(DISTINCT (gap_smooth_lower, gap_smooth_upper)) AS bands
FROM generate_series(1, 3), steps, curve(c);

-- thin and odd data: what is unknown is NULL, what is known stands
CREATE TEMP TABLE odd (what text, c age_curve);
INSERT INTO odd VALUES
    ('ages apart', '{"n_outside": 0, "n_incomplete": 0, "ages": [{"age": 0, "identified": 3, "none": 2},
        {"age": 20, "none": 4, "identified_decided": 3, "identified": 1}]}'),
    ('one age', '{"n_outside": 0, "n_incomplete": 0, "ages": [{"age": 7, "identified": 12, "identified_decided": 20,
        "decided": 2, "none": 16}]}'),
    ('one child', '{"n_outside": 0, "n_incomplete": 0, "ages": [{"age": 7, "none": 1}]}'),
    ('one child in need', '{"n_outside": 0, "n_incomplete": 0, "ages": [{"age": 7, "identified": 1}]}'),
    ('only outside', '{"n_outside": 9, "n_incomplete": 9, "ages": []}');
INSERT INTO odd
SELECT what, age_curve_agg(age, f & 1 > 0, f & 2 > 0, f & 4 > 0)
FROM (VALUES ('gap 1: all identified, none decided', 3), ('gap -1: all decided, none identified', 4), ('gap 0: nobody', 0),
             ('gap 0: everybody', 7)) AS v(what, f),
    generate_series(1, 5) AS age, generate_series(1, 10)
GROUP BY what;
INSERT INTO odd
SELECT 'gap 1, then -1', age_curve_agg(age, age < 4, true, age >= 4) FROM generate_series(1, 6) AS age, generate_series(1, 10);
INSERT INTO odd
SELECT 'negative gaps', age_curve_agg(age, i % 10 = 0, i % 10 < 5, i % 10 < 1 + age) FROM generate_series(1, 6) AS age, generate_series(1, 50) AS i;
INSERT INTO odd
SELECT 'three ages', age_curve_agg(age, i % 10 < 8, i % 10 < 5, i % 10 < age) FROM generate_series(1, 3) AS age, generate_series(1, 50) AS i;
INSERT INTO odd
SELECT 'one child an age', age_curve_agg(age, true, true, age % 3 = 0) FROM generate_series(0, 20) AS age;
INSERT INTO odd SELECT 'a billion', ('{"n_outside": 0, "n_incomplete": 0, "ages": [' || string_agg(
        format('{"age": %s, "none": 400000000, "identified": %s, "decided": 100000000}', age, 500000000 - 10000000 * age), ', ')
        || ']}')::age_curve
    FROM generate_series(0, 5) AS age;
INSERT INTO odd SELECT 'a billion beside one', ('{"n_outside": 0, "n_incomplete": 0, "ages": [' || string_agg(
        format('{"age": %s, "identified": %s, "identified_decided": 1}', age, CASE age WHEN 2 THEN 1000000000 ELSE 1 END), ', ')
        || ']}')::age_curve
    FROM generate_series(0, 5) AS age;
INSERT INTO odd SELECT 'as many as a count holds', '{"n_outside": 0, "n_incomplete": 0, "ages": [{"age": 3,
    "identified": 9223372036854775000, "none": 807}]}';
SELECT what, age, n, round(gap::numeric, 6) AS gap, round(gap_lower::numeric, 6) AS lower, round(gap_upper::numeric, 6) AS upper,
    round(gap_band_lower::numeric, 6) AS band_lower, round(gap_band_upper::numeric, 6) AS band_upper,
    round(gap_smooth::numeric, 5) AS smooth, round(gap_smooth_lower::numeric, 3) AS smooth_lower,
    round(gap_smooth_upper::numeric, 3) AS smooth_upper, status
FROM odd, curve(c) WHERE age IN (0, 1, 2, 3, 7, 20) ORDER BY what, age;
-- none of it, whatever is asked, is outside of -1 to 1, in the wrong order, or missing where there are children
SELECT s.smooth, g.gap, count(*) FILTER (WHERE n > 0) AS points, count(k.gap_smooth) AS smoothed, count(k.gap_smooth_lower) AS bands,
    bool_and(-1 <= gap_band_lower AND gap_band_lower <= gap_lower AND gap_lower <= k.gap AND k.gap <= gap_upper
             AND gap_upper <= gap_band_upper AND gap_band_upper <= 1) AS raw,
    bool_and(-1 <= gap_smooth_lower AND gap_smooth_lower <= gap_smooth AND gap_smooth <= gap_smooth_upper
             AND gap_smooth_upper <= 1) AS smooth_in_band,
    bool_and((n = 0) = (status = 'empty') AND (n = 0) = (k.gap IS NULL) AND status IN ('ok', 'empty')) AS status
FROM odd, (VALUES ('p-spline'), ('falling'), ('rising'), ('none')) AS s(smooth), (VALUES ('identified'), ('assessed')) AS g(gap),
    LATERAL curve(c, 0.95, s.smooth, g.gap) AS k
GROUP BY s.smooth, g.gap ORDER BY s.smooth, g.gap;

-- bands of ages: every child is in one of them
SELECT pool_ages(c, '{0,6,10,15}') FROM steps;
SELECT n(p), n_outside(p), n_incomplete(p), n(c) + n_outside(c) = n(p) + n_outside(p) AS kept
FROM (SELECT age_curve_agg(age, identified, assessed, decided) AS c FROM child) AS s, pool_ages(c, '{2,3,18}') AS p;
SELECT age, n, gap, gap_band_lower, gap_band_upper, status FROM steps, curve(pool_ages(c, '{0,6,10,15}'), smooth => 'none');
-- each age its own band is the curve itself; pooled pools are pools
SELECT pool_ages(c, (SELECT array_agg(i) FROM generate_series(0, 20) AS i))::text = c::text AS same,
    pool_ages(pool_ages(c, '{0,5,10}'), '{0,10}')::text = pool_ages(c, '{0,10}')::text AS twice,
    pool_ages(c, '{20}') AS outside
FROM steps;
SELECT pool_ages(NULL, '{0}'), pool_ages(c, NULL) FROM steps;

-- nothing in, nothing out
SELECT age_curve_agg(age, identified, assessed, decided) FROM child WHERE false;
SELECT count(*) FROM curve((SELECT age_curve_agg(age, true, true, true) FROM child WHERE false));
SELECT count(*) FROM curve(NULL::age_curve);
SELECT count(*) FROM steps, curve(c, gap => NULL);

-- wrong settings
SELECT * FROM steps, curve(c, 1);
SELECT * FROM steps, curve(c, smooth => 'loess');
SELECT * FROM steps, curve(c, gap => 'decided');
SELECT pool_ages(c, '{}') FROM steps;
\set VERBOSITY sqlstate
SELECT * FROM curve('{"n_outside": 0, "n_incomplete": 0, "ages": []}'::age_curve, 0);
SELECT * FROM steps, curve(c, 'NaN');
SELECT * FROM steps, curve(c, smooth => '');
SELECT * FROM steps, curve(c, gap => 'Identified');
SELECT pool_ages(c, '{0,NULL}') FROM steps;
SELECT pool_ages(c, '{0,6,6}') FROM steps;
SELECT pool_ages(c, '{6,0}') FROM steps;
SELECT pool_ages(c, '{-1,5}') FROM steps;
SELECT pool_ages(c, '{0,21}') FROM steps;
SELECT pool_ages(c, '{{0,6},{10,15}}') FROM steps;
