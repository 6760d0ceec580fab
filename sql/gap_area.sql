-- the mean gap over ages
SET search_path = nuso, public;
SET extra_float_digits = -3;
CREATE TEMP TABLE curves AS
SELECT 'girls' AS who, age_curve_agg(age, true, i <= 60, i > 90 - 5 * age) AS c
FROM generate_series(0, 9) AS age, generate_series(1, 100) AS i
UNION ALL
SELECT 'boys', age_curve_agg(age, i <= 95, i <= 60, i > 90 - 4 * age)
FROM generate_series(0, 9) AS age, generate_series(1, 100) AS i WHERE i <= 10 * (age + 1);

-- every age alike: the mean of the gaps of the curve
SELECT who, (gap_area(c)).* FROM curves ORDER BY who;
SELECT who, (gap_area(c, 0.9, 'assessed')).* FROM curves ORDER BY who;
SELECT who, abs(g.estimate - avg(k.gap)) < 1e-14 AS mean_gap, g.ages = count(*) AS ages
FROM curves, gap_area(c) AS g, curve(c) AS k
GROUP BY who, g.estimate, g.ages ORDER BY who;

-- as old as the children of a standard: here those of both together
SELECT who, (gap_area(c, (SELECT rollup(c) FROM curves))).* FROM curves ORDER BY who;
-- a curve is standardised by itself to its gap in all: Wilson's and the pair's intervals are close
SELECT who, g.estimate, g.lower, g.upper, g.covered, p.estimate AS crude, p.lower AS crude_lower, p.upper AS crude_upper
FROM curves, gap_area(c, c) AS g, curve(pool_ages(c, '{0}')) AS k,
    LATERAL (SELECT k.gap, k.gap_lower, k.gap_upper) AS p(estimate, lower, upper) ORDER BY who;
-- half of the standard is older than anybody in the curve
SELECT estimate, lower, upper, ages, covered, status
FROM curves, gap_area(c, '{"n_outside": 5, "n_incomplete": 5, "ages": [{"age": 3, "none": 10}, {"age": 9, "decided": 10},
    {"age": 15, "none": 20}]}') WHERE who = 'girls';

-- thin and odd data
SELECT what, g.estimate, g.lower, g.upper, g.ages, g.covered, g.status
FROM (VALUES ('nobody', '[]', NULL),
        ('one child', '[{"age": 3, "identified": 1}]', NULL),
        ('one child of one age', '[{"age": 3, "none": 1}]', '[{"age": 3, "none": 7}]'),
        ('all gaps 1', '[{"age": 3, "identified": 5}, {"age": 9, "identified_assessed": 1}]', NULL),
        ('all gaps -1', '[{"age": 3, "decided": 5}, {"age": 9, "assessed_decided": 100}]', NULL),
        ('negative', '[{"age": 3, "none": 9, "decided": 5}, {"age": 4, "none": 9, "decided": 3}]', NULL),
        ('a billion', '[{"age": 3, "none": 500000000, "identified": 500000000}, {"age": 4, "none": 1}]',
            '[{"age": 3, "none": 1000000000}, {"age": 4, "none": 1}]'),
        ('no age in common', '[{"age": 3, "none": 1}]', '[{"age": 4, "none": 1}]'),
        ('empty standard', '[{"age": 3, "none": 1}]', '[]')) AS v(what, c, s),
    LATERAL (SELECT format('{"n_outside": 0, "n_incomplete": 0, "ages": %s}', c)::age_curve AS c,
                    format('{"n_outside": 0, "n_incomplete": 0, "ages": %s}', s)::age_curve AS s) AS t,
    LATERAL (SELECT (gap_area(t.c)).* WHERE v.s IS NULL UNION ALL SELECT (gap_area(t.c, t.s)).* WHERE v.s IS NOT NULL) AS g;
SELECT gap_area(NULL::age_curve), gap_area(c, NULL::age_curve), gap_area(c, gap => NULL) FROM curves WHERE who = 'boys';

-- wrong settings
SELECT gap_area(c, gap => 'decided') FROM curves;
\set VERBOSITY sqlstate
SELECT gap_area(c, 1) FROM curves;
SELECT gap_area(c, c, 'NaN') FROM curves;
SELECT gap_area(c, c, 0.95, '') FROM curves;
