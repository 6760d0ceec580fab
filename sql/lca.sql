-- latent classes: the fit, the model as a value, and what is asked of it
SET search_path = nuso, public;
SET extra_float_digits = -5;

-- patterns as papers print them: a digit an item, 1 absent, 2 present, a dot
-- not observed; the first digit is item 0
CREATE FUNCTION pg_temp.read_patterns(printed text) RETURNS patterns LANGUAGE sql AS $$
    SELECT patterns_agg(present, observed, n)
    FROM (SELECT split_part(part, ':', 2)::bigint AS n,
              (SELECT sum((substr(part, i, 1) = '2')::integer * (1::bigint << i - 1))::bigint
               FROM generate_series(1, position(':' IN part) - 1) AS i) AS present,
              (SELECT sum((substr(part, i, 1) <> '.')::integer * (1::bigint << i - 1))::bigint
               FROM generate_series(1, position(':' IN part) - 1) AS i) AS observed
          FROM string_to_table(printed, ' ') AS part) AS p
$$;
CREATE TEMP TABLE data AS
SELECT name, items, pg_temp.read_patterns(printed) AS p FROM (VALUES
    ('values', 4, '1111:20 1112:2 1121:9 1122:2 1211:6 1212:1 1221:4 1222:1 2111:38 2112:7 2121:24 2122:6 2211:25 2212:6 2221:23 2222:42'),
    ('carcinoma', 7, '1111111:34 1111211:2 1211111:6 1211112:1 1211211:4 1211212:5 2111111:2 2121212:1 2211111:2 2211112:1 2211211:2 2211212:7 2211222:1 2212112:1 2212212:2 2212222:3 2221212:13 2221222:5 2222212:10 2222222:16'),
    ('cheating', 4, '1111:207 1112:46 1121:7 1122:5 1211:13 1212:4 1221:1 1222:2 2111:10 2112:3 2121:1 2122:2 2211:11 2212:4 2221:1 2222:2'),
    ('missing', 5, '22111:31 22..2:7 22121:5 1.211:21 122.2:8 11211:4 .1122:12 1112.:6 .111.:5 11111:9 22211:6 12..1:7 ....2:3 .....:4')
) AS v(name, items, printed);
CREATE TEMP TABLE model AS
SELECT name, classes, lca_fit(p, classes, items) AS m
FROM data, (VALUES ('values', 1), ('values', 2), ('values', 3), ('carcinoma', 2), ('carcinoma', 3), ('carcinoma', 4),
                   ('cheating', 2), ('cheating', 3), ('missing', 2)) AS k(of, classes)
WHERE of = name;

-- Linzer and Lewis 2011 print -504.4677, -317.2568, -293.705, -289.2858,
-- -440.0271; BIC 697.1357, G2 15.26171, X2 20.50336 of carcinoma in three classes
SELECT name, s.classes, s.n, s.patterns, s.log_likelihood, s.parameters, s.aic, s.bic, s.abic, s.df
FROM model, lca_fit_stats(m) AS s ORDER BY name, s.classes;
SELECT name, s.classes, round(s.g2::numeric, 5) AS g2, round(s.x2::numeric, 4) AS x2, round(s.entropy::numeric, 4) AS entropy,
    round(s.smallest_share::numeric, 4) AS smallest_share, round(s.mean_posterior::numeric, 4) AS mean_posterior,
    s.n_unobserved, s.starts, s.starts_finished, s.starts_at_best > 0 AS at_best, s.converged, s.seed, s.pseudo_count, s.status
FROM model, lca_fit_stats(m) AS s WHERE s.classes < 3 OR items > 4 ORDER BY name, s.classes;
-- three classes of four items are not identified (Goodman 1974): one likelihood, many classes
SELECT name, item, share_std_error, std_error, lower, status
FROM model, lca_classes(m) WHERE name = 'values' AND classes = 3 AND class = 1;

-- the classes of values, as Stouffer and Toby's data are known: .72 universal
SELECT class, round(share::numeric, 6) AS share, round(share_std_error::numeric, 6) AS se, round(share_lower::numeric, 6) AS lower,
    round(share_upper::numeric, 6) AS upper, item, round(probability::numeric, 6) AS probability,
    round(std_error::numeric, 6) AS se, round(lower::numeric, 6) AS lower, round(upper::numeric, 6) AS upper, status
FROM model, lca_classes(m) WHERE name = 'values' AND classes = 2;
SELECT class, item, round(probability::numeric, 4) AS probability, round(std_error::numeric, 4) AS se, status
FROM model, lca_classes(m, 0.9) WHERE name = 'carcinoma' AND classes = 3;
-- a higher level, wider bounds
SELECT bool_and(a.lower > b.lower AND a.upper < b.upper) AS nested
FROM model, lca_classes(m, 0.9) AS a JOIN lca_classes(m, 0.99) AS b USING (class, item) WHERE name = 'values' AND classes = 2;
SELECT bool_and(share_std_error IS NULL AND lower IS NULL AND status = 'ok') AS no_errors
FROM data, lca_classes(lca_fit(p, 2, items, standard_errors => false)) WHERE name = 'values';

-- posterior probabilities are Bayes' rule; the likeliest class
SELECT present::bit(4), array(SELECT round(x::numeric, 6) FROM unnest(lca_posterior(m, present)) AS x) AS posterior,
    lca_classify(m, present) AS class, lca_classify(m, present, 15, 0.9) AS if_sure,
    lca_classify(m, present, 7) AS without_the_last
FROM model, generate_series(0, 15) AS present WHERE name = 'values' AND classes = 2;
SELECT max(abs(posterior[class] - joint / total)) < 1e-14 AS is_bayes
FROM (SELECT present, class, min(posterior) AS posterior, min(joint) AS joint, sum(min(joint)) OVER (PARTITION BY present) AS total
      FROM (SELECT present, class, lca_posterior(m, present) AS posterior,
                share * exp(sum(ln(CASE WHEN present >> item & 1 = 1 THEN probability ELSE 1 - probability END))
                            OVER (PARTITION BY present, class)) AS joint
            FROM model, lca_classes(m), generate_series(0, 15) AS present
            WHERE name = 'values' AND model.classes = 2) AS j
      GROUP BY present, class) AS b;
-- nothing observed, nothing known; what is present without having been observed does not count
SELECT lca_posterior(m, 3, 0), lca_classify(m, 3, 0), lca_classify(m, 16, 15), lca_classify(m, 15, 3) = lca_classify(m, 3, 3) AS same
FROM model WHERE name = 'values' AND classes = 2;
SELECT lca_classify(NULL, 1), lca_classify(m, NULL), lca_posterior(m, NULL), lca_fit_stats(NULL)
FROM model WHERE name = 'values' AND classes = 2;
-- a pattern that no class can have: every class of the model has item 0, or none
SELECT lca_posterior(lca_fit(patterns_agg(x, 7), 2, 3), 6), lca_classify(lca_fit(patterns_agg(x, 7), 2, 3), 6)
FROM unnest(ARRAY[1, 1, 1, 3, 5, 5, 7, 7]) AS x;

-- a model of each row, a parameter, a literal: the same answers
SELECT count(*), count(*) FILTER (WHERE lca_classify(a.m, present) <> lca_classify(a.m::text::lca_model, present)) AS differ
FROM model AS a, generate_series(0, 15) AS present WHERE name IN ('values', 'cheating');
SELECT lca_classify('{"status": "ok", "classes": 2, "items": 2, "n": 10, "n_unobserved": 0, "patterns": 3, "seen": 3, "varying": 3, "complete": 1, "seed": 1, "pseudo_count": 0, "starts": 1, "finished": 1, "at_best": 1, "iterations": 5, "log_likelihood": -9, "g2": 0, "x2": 0, "entropy": 0.5, "mean_posterior": 0.9, "shares": [0.75, 0.25], "probabilities": [0.1, 0.2, 0.9, 0.8], "confusion": [0.9, 0.1, 0.2, 0.8], "errors": 0}', x)
FROM generate_series(0, 3) AS x;
DO $$
DECLARE
    models lca_model[] := ARRAY(SELECT m FROM model WHERE (name, classes) IN (('values', 2), ('cheating', 2), ('carcinoma', 2), ('carcinoma', 3))
                               ORDER BY name COLLATE "C", classes);
    answers text[];
BEGIN
    -- one expression, evaluated again and again, with other models
    FOR i IN 1 .. 8 LOOP
        answers[i] := lca_classify(models[i % 4 + 1], 3);
    END LOOP;
    RAISE NOTICE '% %', array_to_string(answers[1:4], ' '), answers[1:4] = answers[5:8];
END $$;
SELECT string_agg(lca_classify(m, 3)::text, ' ' ORDER BY name COLLATE "C", classes) FROM model WHERE (name, classes) IN (('values', 2), ('cheating', 2), ('carcinoma', 2), ('carcinoma', 3));

-- shares in the data of the fit are those of the fit; elsewhere they are not
SELECT class, n, n_impossible, n_modal, round(share_modal::numeric, 6) AS modal, round(share_posterior::numeric, 6) AS posterior,
    round(s.share::numeric, 6) AS share, round(share_lower::numeric, 6) AS lower, round(share_upper::numeric, 6) AS upper,
    round(std_error::numeric, 6) AS se, status
FROM model JOIN data USING (name), lca_shares(m, p) AS s WHERE name = 'carcinoma' AND classes = 3;
SELECT bool_and(abs(s.share - c.share) < 1e-8 AND abs(s.share_posterior - c.share) < 1e-8) AS fitted_shares
FROM model JOIN data USING (name), lca_shares(m, p) AS s, lca_classes(m) AS c
WHERE s.class = c.class AND name <> 'missing' AND classes = 2;
SELECT class, n, n_modal, round(share_modal::numeric, 6) AS modal, round(share_posterior::numeric, 6) AS posterior,
    round(s.share::numeric, 6) AS share, round(std_error::numeric, 6) AS se, status
FROM model, lca_shares(m, pg_temp.read_patterns('2222:40 2211:20 2111:12 1111:90 ....:7')) AS s WHERE name = 'values' AND classes = 2;
SELECT class, n, n_impossible, share_modal, share, std_error, status
FROM model, lca_shares(m, pg_temp.read_patterns('2222:40')) AS s WHERE name = 'values' AND classes = 2;
SELECT class, n, share, status FROM model, lca_shares(m, (SELECT patterns_agg(1) WHERE false)) AS s WHERE name = 'values' AND classes = 2;

-- the same for rows in another order, in parts, and with items taken from more
SELECT name, lca_fit(p, 3, items)::text = lca_fit((SELECT patterns_agg(present, observed, count ORDER BY count, present)
                                                 FROM pattern_counts(p)), 3, items)::text AS reordered,
    lca_fit(p, 3, items)::text = lca_fit((SELECT rollup(q) FROM (SELECT patterns_agg(present, observed, count) AS q
                                          FROM pattern_counts(p) GROUP BY present % 3) AS parts), 3, items)::text AS merged,
    lca_fit(p, 2, items, seed => 2)::text = lca_fit(p, 2, items)::text AS of_seed_2
FROM data WHERE name <> 'missing';
SELECT s.n, s.patterns, s.parameters, s.log_likelihood, s.g2, s.x2, s.df, s.status
FROM data, lca_fit_stats(lca_fit(select_items(p, 11), 2, 4)) AS s WHERE name = 'values';
SELECT class, round(share::numeric, 4) AS share, item, round(probability::numeric, 4) AS probability, status
FROM data, lca_classes(lca_fit(select_items(p, 11), 2, 4)) WHERE name = 'values';
-- a pseudo-count keeps probabilities inside
SELECT s.boundary, t.boundary AS with_pseudo_count, s.log_likelihood > t.log_likelihood AS less_likely, t.pseudo_count
FROM data, lca_fit_stats(lca_fit(p, 3, 7)) AS s, lca_fit_stats(lca_fit(p, 3, 7, pseudo_count => 0.01)) AS t
WHERE name = 'carcinoma';

-- out and in again
SELECT bool_and(m::text::lca_model::text = m::text) AS as_text,
    bool_and(lca_model_send(m::text::lca_model) = lca_model_send(m)) AS as_binary
FROM model;
SELECT jsonb_pretty(m::text::jsonb - 'probabilities' - 'probability_errors' - 'share_errors' - 'shares' - 'confusion' - 'log_likelihood' - 'g2' - 'x2' - 'entropy' - 'mean_posterior' - 'iterations' - 'at_best')
FROM model WHERE name = 'values' AND classes = 2;

-- thin data: a model that says why, and NULLs
CREATE TEMP TABLE thin AS
SELECT what, lca_fit(p, classes, 3) AS m FROM (VALUES
    ('empty', 2, (SELECT patterns_agg(1) WHERE false)),
    ('all-missing rows', 2, pg_temp.read_patterns('...:5')),
    ('more classes than patterns', 4, pg_temp.read_patterns('111:20 211:10 222:4')),
    ('no item varies', 2, pg_temp.read_patterns('112:20 ..2:4 11.:3')),
    ('not identified', 2, pg_temp.read_patterns('11.:20 21.:10 22.:4 12.:9')),
    ('an item never, one always', 2, pg_temp.read_patterns('112:20 122:10 .12:4')),
    ('one pattern, one class', 1, pg_temp.read_patterns('112:20'))
) AS v(what, classes, p);
SELECT what, s.n, s.n_unobserved, s.patterns, s.log_likelihood, s.parameters, s.bic, s.df, s.starts, s.converged, s.status
FROM thin, lca_fit_stats(m) AS s;
SELECT what, class, item, round(CASE WHEN status = 'constant' THEN probability END::numeric, 4) AS probability, std_error, lower, status
FROM thin, lca_classes(m) WHERE what NOT IN ('empty', 'all-missing rows') AND class = 1;
SELECT what, lca_posterior(m, 1) IS NULL AS no_posterior, lca_classify(m, 1) IS NULL AS no_class FROM thin;
SELECT what, class, s.n, s.n_impossible, s.share_modal, s.share, s.status
FROM thin, lca_shares(m, pg_temp.read_patterns('211:5')) AS s WHERE class = 1 AND what <> 'not identified';
SELECT s.log_likelihood < -289.2859 AS below, s.converged, s.status, lca_classify(m, 1) AS class
FROM data, lca_fit(p, 4, 7, max_iterations => 2) AS m, lca_fit_stats(m) AS s WHERE name = 'carcinoma';
-- duplicated items are one item twice: classes are told, and that they depend is not
SELECT s.classes, s.patterns, s.converged, s.status
FROM lca_fit_stats(lca_fit(pg_temp.read_patterns('1111:50 2211:30 1122:20 2222:40'), 2, 4)) AS s;
-- 63 items, the most
SELECT s.items, s.n, s.parameters, s.df, s.converged, s.status
FROM lca_fit_stats((SELECT lca_fit(patterns_agg(CASE WHEN i % 3 = 0 THEN 9223372036854775807 ELSE 0 END # (1::bigint << i % 63)), 2, 63)
                    FROM generate_series(1, 500) AS i)) AS s;
SELECT lca_fit(NULL, 2, 3) IS NULL AS of_null, lca_fit(p, NULL, 3) IS NULL AS of_null FROM data WHERE name = 'values';

-- errors
\set VERBOSITY sqlstate
SELECT lca_fit(p, 0, 4) FROM data WHERE name = 'values';
SELECT lca_fit(p, 65, 4) FROM data WHERE name = 'values';
SELECT lca_fit(p, 2, 0) FROM data WHERE name = 'values';
SELECT lca_fit(p, 2, 64) FROM data WHERE name = 'values';
SELECT lca_fit(p, 2, 3) FROM data WHERE name = 'values';
SELECT lca_fit(p, 2, 4, starts => 0) FROM data WHERE name = 'values';
SELECT lca_fit(p, 2, 4, finish => 0) FROM data WHERE name = 'values';
SELECT lca_fit(p, 2, 4, tolerance => -1) FROM data WHERE name = 'values';
SELECT lca_fit(p, 2, 4, tolerance => 'NaN') FROM data WHERE name = 'values';
SELECT lca_fit(p, 2, 4, max_iterations => 0) FROM data WHERE name = 'values';
SELECT lca_fit(p, 2, 4, pseudo_count => -1) FROM data WHERE name = 'values';
SELECT lca_fit(p, 2, 4, pseudo_count => 'Infinity') FROM data WHERE name = 'values';
SELECT lca_classes(m, 1) FROM model WHERE name = 'values';
SELECT lca_shares(m, p, 0) FROM model JOIN data USING (name) WHERE name = 'values';
-- a model for other items than the data
SELECT lca_shares(m, p) FROM model, data WHERE model.name = 'values' AND data.name = 'carcinoma';
SELECT lca_classify(m, 16) FROM model WHERE name = 'values';
SELECT lca_posterior(m, 1 << 7) FROM model WHERE name = 'carcinoma';
SELECT lca_classify(m, -1) FROM model WHERE name = 'values';
SELECT lca_classify(m, 1, -1) FROM model WHERE name = 'values';
SELECT lca_posterior(m, -1) FROM model WHERE name = 'values';
SELECT lca_classify(m, 1, 15, 1.5) FROM model WHERE name = 'values';
SELECT lca_classify(m, 1, 15, 'NaN') FROM model WHERE name = 'values';
-- values that no fit has
SELECT lca_model '{}';
SELECT lca_model 'x';
SELECT replace(m::text, '"status": "ok"', '"status": "fine"')::lca_model FROM model WHERE name = 'values' AND classes = 2;
SELECT replace(m::text, '"classes": 2', '"classes": 3')::lca_model FROM model WHERE name = 'values' AND classes = 2;
SELECT replace(m::text, '"classes": 2', '"classes": 1000000')::lca_model FROM model WHERE name = 'values' AND classes = 2;
SELECT replace(m::text, '"n": 216', '"n": -1')::lca_model FROM model WHERE name = 'values' AND classes = 2;
SELECT replace(m::text, '"seen": 15', '"seen": 31')::lca_model FROM model WHERE name = 'values' AND classes = 2;
SELECT regexp_replace(m::text, '"shares": \[[0-9.]*', '"shares": [0.5')::lca_model FROM model WHERE name = 'values' AND classes = 2;
SELECT regexp_replace(m::text, '"probabilities": \[[0-9.]*', '"probabilities": [1.5')::lca_model FROM model WHERE name = 'values' AND classes = 2;
SELECT regexp_replace(m::text, '"confusion": \[[0-9.]*', '"confusion": [0.1')::lca_model FROM model WHERE name = 'values' AND classes = 2;
