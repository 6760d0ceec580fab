-- two groups compared within strata
SET search_path = nuso, public;
\set SHOW_CONTEXT never
SET extra_float_digits = -3;

-- admissions to Berkeley (Bickel, Hammel and O'Connell 1975): a row an applicant
CREATE TEMP TABLE applicant AS
SELECT dept, sex, admitted
FROM (VALUES ('A', 'm', 512, 313), ('A', 'f', 89, 19), ('B', 'm', 353, 207), ('B', 'f', 17, 8),
             ('C', 'm', 120, 205), ('C', 'f', 202, 391), ('D', 'm', 138, 279), ('D', 'f', 131, 244),
             ('E', 'm', 53, 138), ('E', 'f', 94, 299), ('F', 'm', 22, 351), ('F', 'f', 24, 317))
    AS v(dept, sex, yes, no),
    LATERAL (SELECT i <= yes AS admitted FROM generate_series(1, yes + no) AS i) AS x;
SELECT count(*) FROM applicant;
-- men seem to be preferred, until departments are compared with themselves
SELECT (c).p_a, (c).p_b, (c).odds_ratio, (c).p_value
FROM (SELECT compare(proportion_agg(admitted) FILTER (WHERE sex = 'm'),
                     proportion_agg(admitted) FILTER (WHERE sex = 'f')) AS c FROM applicant) AS x;
\x on
WITH department AS (
    SELECT dept, proportion_agg(admitted) FILTER (WHERE sex = 'm') AS men,
           proportion_agg(admitted) FILTER (WHERE sex = 'f') AS women
    FROM applicant GROUP BY dept
)
SELECT (mantel_haenszel(men, women)).* FROM department;

-- migraine (SAS, PROC FREQ)
CREATE TEMP TABLE migraine (sex text, active proportion, placebo proportion);
INSERT INTO migraine VALUES ('female', make_proportion(27, 16), make_proportion(25, 5)),
    ('male', make_proportion(28, 12), make_proportion(26, 7));
SELECT (mantel_haenszel(active, placebo)).* FROM migraine;
SELECT (mantel_haenszel(active, placebo, 0.99)).* FROM migraine;
\x off

-- two of the five strata have a zero margin
SELECT (m).strata, (m).odds_ratio, (m).breslow_day_statistic, (m).breslow_day_df, (m).breslow_day_p_value
FROM (SELECT mantel_haenszel(make_proportion(n1, a), make_proportion(n2, c)) AS m
      FROM (VALUES (0, 6, 0, 5), (3, 6, 0, 6), (6, 6, 2, 6), (5, 6, 6, 6), (2, 2, 5, 5))
          AS v(a, n1, c, n2)) AS x;

-- the other way round: ratios are inverted, the difference mirrored, tests the same
SELECT round(((m).odds_ratio * (w).odds_ratio)::numeric, 12) AS one,
    round(((m).risk_ratio_upper * (w).risk_ratio_lower)::numeric, 12) AS one_too,
    (m).risk_difference + (w).risk_difference AS zero, (m).p_value = (w).p_value AS p,
    abs((m).breslow_day_statistic - (w).breslow_day_statistic) < 1e-12 AS breslow_day
FROM (SELECT mantel_haenszel(active, placebo) AS m, mantel_haenszel(placebo, active) AS w
      FROM migraine) AS x;

-- neither the order of the strata nor one with an empty group has a say
SELECT count(DISTINCT m) AS results
FROM (SELECT mantel_haenszel(active, placebo ORDER BY sex)::text AS m FROM migraine
      UNION ALL SELECT mantel_haenszel(active, placebo ORDER BY sex DESC)::text FROM migraine
      UNION ALL SELECT mantel_haenszel(active, placebo)::text
                FROM (SELECT active, placebo FROM migraine
                      UNION ALL SELECT make_proportion(9, 3), make_proportion(0, 0)
                      UNION ALL SELECT make_proportion(9, 3), NULL) AS x) AS y;

-- thin data
SELECT what, (m).n, (m).strata, (m).odds_ratio AS odds, (m).odds_ratio_lower AS odds_lower, (m).risk_ratio AS risk,
    (m).risk_difference AS difference, (m).risk_difference_lower AS lower, (m).p_value, (m).breslow_day_df AS df,
    (m).status
FROM (SELECT what, mantel_haenszel(make_proportion(n1, a), make_proportion(n2, c)) AS m
      FROM (VALUES ('no children', 0, 0, 0, 0), ('empty group', 3, 5, 0, 0), ('nobody', 0, 4, 0, 5),
                   ('everybody', 4, 4, 5, 5), ('all or nobody', 0, 4, 0, 5), ('all or nobody', 4, 4, 5, 5),
                   ('only a', 3, 4, 0, 5), ('only b', 0, 4, 3, 5), ('a all, b none', 4, 4, 0, 5),
                   ('one stratum', 3, 9, 1, 4), ('one child each', 1, 1, 0, 1)) AS v(what, a, n1, c, n2)
      GROUP BY what) AS x
ORDER BY what;
SELECT mantel_haenszel(active, placebo) FROM migraine WHERE false;

-- wrong settings
\set VERBOSITY sqlstate
SELECT mantel_haenszel(active, placebo, 1) FROM migraine;
SELECT mantel_haenszel(active, placebo, CASE sex WHEN 'male' THEN 0.9 ELSE 0.95 END) FROM migraine;
SELECT mantel_haenszel(make_proportion(9223372036854775807, 1), placebo) FROM migraine;
