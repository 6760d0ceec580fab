-- several proportions: are they equal? do they follow a score?
SET search_path = nuso, public;
\set SHOW_CONTEXT never
SET extra_float_digits = -3;

-- smokers among lung cancer patients of four studies (Fleiss 1981)
CREATE TEMP TABLE study (study integer, p proportion);
INSERT INTO study SELECT study, make_proportion(n, events)
FROM (VALUES (1, 86, 83), (2, 93, 90), (3, 136, 129), (4, 82, 70)) AS v(study, n, events);
SELECT (homogeneity_test(p)).* FROM study;
SELECT (trend_test(p, study - 1)).* FROM study;

-- alcohol and malformations (Graubard and Korn 1987): the scores decide
CREATE TEMP TABLE drinks (drinks double precision, rank integer, p proportion);
INSERT INTO drinks SELECT drinks, rank, make_proportion(n, events)
FROM (VALUES (0, 1, 17114, 48), (0.5, 2, 14502, 38), (1.5, 3, 793, 5), (4, 4, 127, 1),
             (7, 5, 38, 1)) AS v(drinks, rank, n, events);
SELECT (t).statistic, (t).p_value, (t).departure_statistic, (t).departure_df, (t).departure_p_value, (t).slope
FROM (SELECT trend_test(p, drinks) AS t FROM drinks) AS x;
SELECT (t).statistic, (t).p_value FROM (SELECT trend_test(p, rank) AS t FROM drinks) AS x;
-- Mantel's form
SELECT (t).statistic * 32573 / 32574 AS mantel FROM (SELECT trend_test(p, drinks) AS t FROM drinks) AS x;

-- from rows, in two steps
SELECT (homogeneity_test(p)).*
FROM (SELECT proportion_agg(i % 7 < i % 3) AS p FROM generate_series(1, 1000) AS i GROUP BY i % 5) AS x;

-- the order of the groups has no say, nor has one without children or a NULL
SELECT count(DISTINCT t) AS results
FROM (SELECT trend_test(p, drinks ORDER BY drinks)::text AS t FROM drinks
      UNION ALL SELECT trend_test(p, drinks ORDER BY rank DESC)::text FROM drinks
      UNION ALL SELECT trend_test(p, drinks ORDER BY md5(rank::text))::text FROM drinks
      UNION ALL SELECT trend_test(p, s)::text
                FROM (SELECT p, drinks AS s FROM drinks UNION ALL SELECT make_proportion(0, 0), 99
                      UNION ALL SELECT NULL, 99 UNION ALL SELECT make_proportion(5, 1), NULL) AS x) AS y;

-- in a moving frame and by group
SELECT study, (h).statistic, (h).df, (h).status
FROM (SELECT study, homogeneity_test(p) OVER (ORDER BY study) AS h FROM study) AS x;

-- thin data
SELECT v.what, (h).statistic, (h).df, (h).p_value, (h).status, (t).statistic AS trend, (t).status AS trend_status
FROM (SELECT what, homogeneity_test(make_proportion(n, events)) AS h,
             trend_test(make_proportion(n, events), s) AS t
      FROM (VALUES ('no children', 0, 0, 1), ('no children', 0, 0, 2), ('one group', 10, 3, 1),
                   ('one with children', 10, 3, 1), ('one with children', 0, 0, 2),
                   ('nobody', 10, 0, 1), ('nobody', 5, 0, 2), ('everybody', 10, 10, 1),
                   ('everybody', 5, 5, 2), ('one score', 10, 3, 1), ('one score', 10, 5, 1),
                   ('two groups', 10, 3, 1), ('two groups', 10, 5, 2))
          AS v(what, n, events, s) GROUP BY what) AS v
ORDER BY v.what;
SELECT homogeneity_test(p), trend_test(p, 1) FROM study WHERE false;
-- large counts: nearly equal shares
SELECT (h).statistic, (h).p_value FROM (SELECT homogeneity_test(make_proportion(1000000000, 300000000 + i)) AS h
    FROM generate_series(0, 9) AS i) AS x;

-- wrong settings
\set VERBOSITY sqlstate
SELECT trend_test(p, 'NaN') FROM study;
SELECT trend_test(p, 'Infinity') FROM study;
SELECT homogeneity_test(make_proportion(9223372036854775807, 1)) FROM study;
