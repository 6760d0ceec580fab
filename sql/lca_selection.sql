-- how many latent classes: criteria, and the bootstrap test
SET search_path = nuso, public;
SET extra_float_digits = -3;

-- Landis and Koch 1977; Dayton 1998: 2 is present
CREATE TEMP TABLE study AS
    SELECT name, length(min(pattern)) AS items,
           patterns_agg(reverse(translate(pattern, '12', '01'))::bit(7)::integer >> 7 - length(pattern), 127, count) AS p
    FROM (VALUES ('carcinoma', '1111111:34 1111211:2 1211111:6 1211112:1 1211211:4 1211212:5 2111111:2 2121212:1 2211111:2 2211112:1 2211211:2 2211212:7 2211222:1 2212112:1 2212212:2 2212222:3 2221212:13 2221222:5 2222212:10 2222222:16'),
                 ('cheating', '1111:207 1112:46 1121:7 1122:5 1211:13 1212:4 1221:1 1222:2 2111:10 2112:3 2121:1 2122:2 2211:11 2212:4 2221:1 2222:2')) AS v(name, patterns),
        regexp_split_to_table(patterns, ' ') AS one,
        LATERAL (SELECT split_part(one, ':', 1), split_part(one, ':', 2)::bigint) AS s(pattern, count)
    GROUP BY name;

-- Linzer and Lewis 2011 print the log-likelihoods, BIC prefers three classes and two
SELECT name, classes, round(log_likelihood::numeric, 6) AS log_likelihood, parameters,
       round(aic::numeric, 4) AS aic, round(bic::numeric, 4) AS bic, round(abic::numeric, 4) AS abic,
       df, n, converged, selected, status
FROM study, lca_select(p, items, 1, 3)
ORDER BY name, classes;
SELECT classes, round(g2::numeric, 4) AS g2, round(x2::numeric, 3) AS x2, round(smallest_share::numeric, 4) AS smallest,
       round(entropy::numeric, 5) AS entropy, starts, starts_at_best BETWEEN 1 AND 5 AS found
FROM study, lca_select(p, items, 1, 3)
WHERE name = 'carcinoma';

-- the same for the same seed, from one number of classes and from several
SELECT count(DISTINCT x) AS answers
FROM (SELECT lca_select(p, 7, 3, 3) AS x FROM study WHERE name = 'carcinoma'
      UNION ALL SELECT s FROM study, lca_select(p, 7, 2, 4) AS s WHERE name = 'carcinoma' AND classes = 3) AS v;

-- thin data: a row with a status
SELECT s.classes, s.log_likelihood IS NULL AS none, s.n, s.converged, s.selected, s.status
FROM (SELECT patterns_agg(present, 3) FROM unnest('{0,0,1}'::bigint[]) AS present) AS v(p), lca_select(p, 2, 1, 3) AS s;
SELECT s.classes, s.n, s.selected, s.status
FROM lca_select((SELECT patterns_agg(1, 0)), 2, 1, 2) AS s;
SELECT s.classes, s.n, s.selected, s.status
FROM lca_select((SELECT patterns_agg(5, 7) FROM generate_series(1, 9)), 3, 1, 2) AS s;
SELECT s.classes, s.converged, s.selected, s.status
FROM study, lca_select(p, 7, 1, 2, max_iterations => 6) AS s WHERE name = 'carcinoma';
-- nobody was asked everything: nothing to compare the patterns with
SELECT s.classes, s.g2, s.x2, s.df, s.selected
FROM (SELECT patterns_agg(i * 37 / 11 % 8, 7 - (1 << i % 3)) FROM generate_series(1, 200) AS i) AS v(p), lca_select(p, 3, 1, 1) AS s;

-- the bootstrap test: three classes are more than two, a third of the cheaters is not
SELECT round(statistic::numeric, 5) AS statistic, p_value, round(p_lower::numeric, 5) AS p_lower, round(p_upper::numeric, 5) AS p_upper,
       round(log_likelihood_fewer::numeric, 5) AS fewer, round(log_likelihood::numeric, 5) AS more, n, replicates, starts, method, status
FROM study, lca_bootstrap_test(p, 3, items, 19, 5) WHERE name = 'carcinoma';
SELECT round(statistic::numeric, 4) AS statistic, p_value BETWEEN 0.02 AND 0.3 AS not_small, p_lower < p_value AND p_value < p_upper AS inside, replicates
FROM study, lca_bootstrap_test(p, 3, items, 49, 5) WHERE name = 'cheating';
SELECT count(DISTINCT lca_bootstrap_test(p, 2, 4, 9, 3, seed)) AS answers
FROM study, unnest('{1,1,1}'::bigint[]) AS seed WHERE name = 'cheating';

-- thin data
SELECT t.statistic, t.p_value, t.p_lower, t.n, t.replicates, t.status
FROM (SELECT study, patterns_agg(present, observed)
      FROM (VALUES (1, 0, 0), (2, 1, 3), (2, 1, 3), (3, 1, 3), (3, 2, 3)) AS v(study, present, observed)
      GROUP BY study ORDER BY study) AS s(study, p), lca_bootstrap_test(p, 3, 2, 9) AS t;

-- NULL
SELECT count(*) FROM lca_select(NULL, 4, 1, 2);
SELECT lca_bootstrap_test(NULL, 2, 4);

-- errors
\set VERBOSITY sqlstate
SELECT lca_select(p, 7, 3, 2) FROM study;
SELECT lca_select(p, 7, 0, 2) FROM study;
SELECT lca_select(p, 7, 1, 65) FROM study;
SELECT lca_select(p, 64, 1, 2) FROM study;
SELECT lca_select(p, 0, 1, 2) FROM study;
SELECT lca_select(p, 3, 1, 2) FROM study WHERE name = 'carcinoma';
SELECT lca_select(p, 7, 1, 2, 0) FROM study;
SELECT lca_select(p, 7, 1, 2, tolerance => 'NaN') FROM study;
SELECT lca_select(p, 7, 1, 2, pseudo_count => -1) FROM study;
SELECT lca_bootstrap_test(p, 1, 7) FROM study;
SELECT lca_bootstrap_test(p, 65, 7) FROM study;
SELECT lca_bootstrap_test(p, 2, 64) FROM study;
SELECT lca_bootstrap_test(p, 2, 3) FROM study WHERE name = 'carcinoma';
SELECT lca_bootstrap_test(p, 2, 7, 0) FROM study;
SELECT lca_bootstrap_test(p, 2, 7, 9, 0) FROM study;

-- as many children as there can be
SELECT classes, n, log_likelihood, status FROM lca_select('{"patterns": [{"observed": 3, "present": 0, "count": 4611686018427387904},
    {"observed": 3, "present": 3, "count": 4611686018427387903}]}', 2, 1, 2);
