-- configural frequencies: types and antitypes
SET search_path = nuso, public;
SET extra_float_digits = -3;
\set SHOW_CONTEXT never

-- confused thinking (1), thinking disorders (2) and affective disorders (4) under LSD: Lienert 1964
CREATE VIEW lsd AS
SELECT patterns_agg(present, 7, count) AS p
FROM (VALUES (7, 20), (3, 1), (5, 4), (1, 12), (6, 3), (2, 10), (4, 15), (0, 0)) AS v(present, count);
SELECT present, n, round(expected::numeric, 3) AS expected, round(ratio::numeric, 3) AS ratio,
       round(statistic::numeric, 3) AS z, round(p_value::numeric, 6) AS p, round(p_adjusted::numeric, 6) AS adjusted,
       kind, method, n_complete, n_incomplete, status
FROM lsd, configural_frequencies(p, 7, 'lehmacher');
SELECT present, n, round(statistic::numeric, 3) AS z, round(p_value::numeric, 6) AS p, round(p_adjusted::numeric, 6) AS adjusted,
       kind, method
FROM lsd, configural_frequencies(p, 7);
SELECT present, kind FROM lsd, configural_frequencies(p, 7, 'lehmacher-cc', 0.99, 'bh') WHERE kind IS NOT NULL;
SELECT present, round(p_value::numeric, 6) AS p FROM lsd, configural_frequencies(p, 7, 'binomial');

-- two items are a 2 x 2 table: z squared is the n - 1 chi-square, of each cell
SELECT round(c.statistic::numeric ^ 2, 9) AS z_squared, count(*),
       round((compare(make_proportion(23, 20), make_proportion(42, 14), 0.95, 'n-1')).statistic::numeric, 9) AS chi_square
FROM configural_frequencies((SELECT patterns_agg(x, 3, k) FROM (VALUES (3, 20), (1, 3), (2, 14), (0, 28)) AS v(x, k)),
                            3, 'lehmacher') AS c
GROUP BY 1;

-- who was not asked everything is counted apart; bits keep their places
SELECT present, n, kind, n_complete, n_incomplete, status
FROM configural_frequencies((SELECT patterns_agg(present, observed, k) FROM (VALUES
    (4611686018427387904 | 2, 9223372036854775807, 40), (0, 9223372036854775807, 40), (2, 2, 7), (2, 0, 5)) AS v(present, observed, k)),
    4611686018427387904 | 2);
-- nothing varies; one item does not; nobody is left
SELECT present, n, expected, statistic, p_value, kind, status
FROM configural_frequencies((SELECT patterns_agg(1, 3, 9)), 3);
SELECT present, n, expected, kind, status
FROM configural_frequencies((SELECT patterns_agg(x, 7, k) FROM (VALUES (6, 30), (4, 5), (2, 4), (0, 33)) AS v(x, k)), 7)
ORDER BY present;
SELECT * FROM configural_frequencies((SELECT patterns_agg(1, 1, 9)), 3);
SELECT * FROM configural_frequencies((SELECT patterns_agg(x) FROM generate_series(1, 0) AS x), 3);
SELECT count(*) FROM configural_frequencies(NULL, 3);

-- twenty items: a million configurations
SELECT count(*) AS seen, sum(n) AS children, count(kind) AS found, min(p_adjusted) < 1e-100 AS planted, max(n_complete) AS n
FROM configural_frequencies((SELECT patterns_agg(CASE WHEN i % 10 = 0 THEN 1048575 ELSE (i::bigint * 7919 * i) % 1048576 END, 1048575)
                             FROM generate_series(1, 5000) AS i), 1048575);

-- wrong settings
\set VERBOSITY sqlstate
SELECT configural_frequencies(p, 1) FROM lsd;
SELECT configural_frequencies(p, 2097151) FROM lsd;
SELECT configural_frequencies(p, -1) FROM lsd;
SELECT configural_frequencies(p, 7, 'pearson') FROM lsd;
SELECT configural_frequencies(p, 7, conf_level => 1) FROM lsd;
SELECT configural_frequencies(p, 7, conf_level => 'NaN') FROM lsd;
SELECT configural_frequencies(p, 7, adjust => 'none') FROM lsd;
\set VERBOSITY default
SELECT configural_frequencies(p, 1) FROM lsd;
DROP VIEW lsd;
