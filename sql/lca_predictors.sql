-- which children are of which latent class: the summary, coefficients, tests
SET search_path = nuso, public;
SET extra_float_digits = -4;

-- the summary: what is counted, merged, refused
SELECT membership_agg(c, x) FROM (VALUES (2, '{0,1.5}'::double precision[]), (1, '{0,1.5}'), (2, '{0,1.5}'), (1, '{1,-0}'),
    (NULL, '{0,1}'), (1, NULL), (1, '{NULL,1}'), (1, '{NaN,1}')) AS v(c, x);
SELECT membership_agg(c, x, k) FROM (VALUES (2, '{0}'::double precision[], 7), (1, '{0}', -7), (2, '{0}', 7), (2, '{0}', NULL)) AS v(c, x, k);
SELECT membership_agg(c, '{}') FROM (VALUES (2), (1), (2)) AS v(c);
SELECT n(membership_agg(1, '{0}')), membership_agg(1, '{0}') FROM generate_series(1, 0);
CREATE TEMP TABLE child AS
SELECT i, CASE WHEN h < 25 + 15 * (i % 2) THEN 1 WHEN h < 55 + i / 2 % 18 + i % 23 THEN 2 ELSE 3 END AS taken_for,
    i % 2 AS girl, i / 2 % 18 AS age, i % 23 AS unit
FROM (SELECT i, (i * i * 31 + i * 17) % 101 AS h FROM generate_series(1, 900) AS i) AS drawn;
SELECT rollup(part)::text = (SELECT membership_agg(taken_for, ARRAY[girl, age], unit)::text FROM child) AS merged_is_whole
FROM (SELECT membership_agg(taken_for, ARRAY[girl, age], unit) AS part FROM child GROUP BY i % 7) AS p;
SELECT (whole - part)::text = rest::text AS difference_is_rest, n(whole), n(part)
FROM (SELECT membership_agg(taken_for, ARRAY[girl, age]) AS whole, membership_agg(taken_for, ARRAY[girl, age]) FILTER (WHERE i < 100) AS part,
          membership_agg(taken_for, ARRAY[girl, age]) FILTER (WHERE i >= 100) AS rest FROM child) AS s;

-- a model of so many classes whose errors of assignment are given
CREATE FUNCTION pg_temp.model(classes integer, confusion double precision[]) RETURNS lca_model LANGUAGE sql AS $$
    SELECT jsonb_build_object('status', 'ok', 'classes', classes, 'items', 1, 'n', 100, 'n_unobserved', 0, 'patterns', 2,
        'seen', 1, 'varying', 1, 'complete', 1, 'seed', 1, 'pseudo_count', 0, 'starts', 1, 'finished', 1, 'at_best', 1,
        'iterations', 5, 'log_likelihood', -60, 'g2', 0, 'x2', 0, 'entropy', CASE WHEN classes = 1 THEN 0 ELSE 0.5 END,
        'mean_posterior', 0.9, 'shares', array_fill(1.0 / classes, ARRAY[classes]), 'probabilities', array_fill(0.5, ARRAY[classes]),
        'confusion', to_jsonb(confusion), 'errors', 0)::text::lca_model
$$;
CREATE TEMP TABLE model AS
SELECT pg_temp.model(3, '{1,0,0,0,1,0,0,0,1}') AS plain, pg_temp.model(3, '{0.85,0.1,0.05,0.1,0.8,0.1,0.05,0.15,0.8}') AS errs,
    pg_temp.model(2, '{0.9,0.1,0.2,0.8}') AS two, pg_temp.model(2, '{0.5,0.5,0.5,0.5}') AS blind, pg_temp.model(1, '{1}') AS one;

-- a table of counts: without errors odds ratios are those of the table, (90 100) / (60 40) = 3.75, (30 100) / (80 40)
CREATE TEMP TABLE cells AS
SELECT taken_for, x FROM (VALUES (1, 0, 100), (2, 0, 60), (3, 0, 80), (1, 1, 40), (2, 1, 90), (3, 1, 30)) AS v(taken_for, x, times),
    generate_series(1, times);
SELECT p.* FROM model, lca_predictors(plain, (SELECT membership_agg(taken_for, ARRAY[x]) FROM cells), '{girl}') AS p;
-- with errors they are those of the shares that lca_three_step finds for classes within x: with Bayes' rule from
-- those of x within classes
CREATE TEMP TABLE share AS
SELECT class, outcome = '1' AS x, share FROM model, lca_three_step(errs, (SELECT crosstab_agg(taken_for, x) FROM cells));
SELECT p.class, p.odds_ratio, p.std_error, (a.share / b.share) / (c.share / d.share) AS of_shares
FROM model, lca_predictors(errs, (SELECT membership_agg(taken_for, ARRAY[x]) FROM cells)) AS p
    JOIN share AS a ON a.class = p.class AND a.x JOIN share AS b ON b.class = p.class AND NOT b.x,
    share AS c, share AS d
WHERE p.term = 'x1' AND c.class = 1 AND c.x AND d.class = 1 AND NOT d.x;

-- two covariates, another reference and level, clusters
SELECT p.* FROM model, lca_predictors(errs, (SELECT membership_agg(taken_for, ARRAY[girl, age]) FROM child), '{girl,age}') AS p;
SELECT p.* FROM model, lca_predictors(errs, (SELECT membership_agg(taken_for, ARRAY[girl, age]) FROM child), reference => 3, conf_level => 0.9) AS p;
SELECT p.* FROM model, lca_predictors(errs, (SELECT membership_agg(taken_for, ARRAY[girl, age], unit) FROM child), '{girl,age}') AS p;
SELECT t.* FROM model, lca_predictors_test(errs, (SELECT membership_agg(taken_for, ARRAY[girl, age]) FROM child), '{girl,age}') AS t;
SELECT t.* FROM model, lca_predictors_test(errs, (SELECT membership_agg(taken_for, ARRAY[girl, age], unit) FROM child), '{girl,age}') AS t;

-- two classes without errors are a logistic regression
SELECT max(abs(p.coefficient - f.coefficient)) < 1e-12 AS same_coefficients, max(abs(p.std_error - f.std_error)) < 1e-12 AS same_errors
FROM (SELECT membership_agg(least(taken_for, 2), ARRAY[girl, age]) AS m, logit_agg(taken_for > 1, ARRAY[girl, age]) AS l FROM child) AS s,
    LATERAL lca_predictors(pg_temp.model(2, '{1,0,0,1}'), m) AS p JOIN LATERAL logit_fit(l) AS f USING (term);

-- what cannot be told, and why
SELECT what, p.class, p.term, round(p.coefficient::numeric, 6) AS coefficient, round(p.std_error::numeric, 6) AS std_error,
    round(p.p_value::numeric, 6) AS p_value, p.status
FROM model, (VALUES
    ('empty', (SELECT membership_agg(1, ARRAY[1.0::double precision]) FROM generate_series(1, 0))),
    ('constant', (SELECT membership_agg(taken_for, ARRAY[2026, girl]) FROM child)),
    ('dependent', (SELECT membership_agg(taken_for, ARRAY[girl, 1 - girl]) FROM child)),
    ('nobody in class 3 without x', (SELECT membership_agg(taken_for, ARRAY[x]) FROM cells WHERE taken_for < 3 OR x = 1)),
    ('one cluster', (SELECT membership_agg(taken_for, ARRAY[x], 1) FROM cells))
) AS v(what, m), lca_predictors(plain, m, CASE WHEN what = 'empty' THEN '{girl}'::text[] END) AS p;
SELECT what, t.term, t.df, t.df2, t.p_value, t.status
FROM model, (VALUES
    ('empty', (SELECT membership_agg(1, ARRAY[1.0::double precision]) FROM generate_series(1, 0))),
    ('constant', (SELECT membership_agg(taken_for, ARRAY[2026, girl]) FROM child)),
    ('nobody in class 3 without x', (SELECT membership_agg(taken_for, ARRAY[x]) FROM cells WHERE taken_for < 3 OR x = 1)),
    ('no covariates', (SELECT membership_agg(taken_for, '{}') FROM cells)),
    ('one cluster', (SELECT membership_agg(taken_for, ARRAY[x], 1) FROM cells))
) AS v(what, m), lca_predictors_test(plain, m) AS t;
SELECT p.status FROM model, lca_predictors(blind, (SELECT membership_agg(taken_for, ARRAY[x]) FROM cells WHERE taken_for < 3)) AS p;
SELECT p.status FROM lca_predictors(lca_fit((SELECT patterns_agg(1) FROM child), 3, 4), (SELECT membership_agg(taken_for, ARRAY[x]) FROM cells)) AS p;
SELECT count(*) FROM model, lca_predictors(one, (SELECT membership_agg(1, ARRAY[x]) FROM cells));
SELECT t.term, t.status FROM model, lca_predictors_test(one, (SELECT membership_agg(1, ARRAY[x]) FROM cells)) AS t;
SELECT count(*) FROM model, lca_predictors(two, NULL);
SELECT count(*) FROM model, lca_predictors(two, (SELECT membership_agg(1, ARRAY[x]) FROM cells), NULL, NULL);
SELECT count(*) FROM lca_predictors_test(NULL, (SELECT membership_agg(1, ARRAY[x]) FROM cells));

-- wrong settings and values
\set VERBOSITY sqlstate
SELECT membership_agg(c, '{1}') FROM (VALUES (1), (0)) AS v(c);
SELECT membership_agg(65, '{1}');
SELECT membership_agg(1, x) FROM (VALUES ('{1}'::double precision[]), ('{1,2}')) AS v(x);
SELECT membership_agg(1, '{{1,2},{3,4}}');
SELECT membership_agg(1, array_fill(1.0::double precision, ARRAY[65]));
SELECT membership_agg(1, '{1}', 1) + membership_agg(1, '{1}');
SELECT membership_agg(1, '{1}') - membership_agg(2, '{1}');
SELECT '{"clustered": 1, "n_not_finite": 0, "covariates": 1, "patterns": [{"class": 0, "covariates": [1], "n": 1}]}'::membership;
SELECT '{"clustered": 1, "n_not_finite": 0, "covariates": 1, "patterns": [{"class": 1, "covariates": [1], "n": 0}]}'::membership;
SELECT '{"clustered": 3, "n_not_finite": 0, "covariates": 0, "patterns": []}'::membership;
SELECT lca_predictors(two, (SELECT membership_agg(taken_for, ARRAY[x]) FROM cells)) FROM model;
SELECT lca_predictors(errs, (SELECT membership_agg(taken_for, ARRAY[x]) FROM cells), '{a,b}') FROM model;
SELECT lca_predictors(errs, (SELECT membership_agg(taken_for, ARRAY[x]) FROM cells), ARRAY[NULL]::text[]) FROM model;
SELECT lca_predictors(errs, (SELECT membership_agg(taken_for, ARRAY[x]) FROM cells), NULL, 4) FROM model;
SELECT lca_predictors(errs, (SELECT membership_agg(taken_for, ARRAY[x]) FROM cells), NULL, 0) FROM model;
SELECT lca_predictors(errs, (SELECT membership_agg(taken_for, ARRAY[x]) FROM cells), NULL, 1, 1) FROM model;
\set VERBOSITY default
SELECT lca_predictors(pg_temp.model(20, array(SELECT (i % 21 = 0)::integer FROM generate_series(0, 399) AS i)),
    (SELECT membership_agg(taken_for, array_fill(x::double precision, ARRAY[60])) FROM cells));
