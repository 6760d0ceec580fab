-- logistic regression: coefficients, marginal effects, fit
SET search_path = nuso, public;
SET extra_float_digits = -3;

-- Hosmer and Lemeshow 1989, table 3.2: coronary disease from the age of 55 on.
-- Printed: 2.094 (0.529), -0.841 (0.255), odds ratio 8.1, log-likelihood -58.98
CREATE TEMP TABLE heart AS
    SELECT age >= 55 AS older, disease
    FROM (VALUES (60, true, 21), (60, false, 6), (40, true, 22), (40, false, 51)) AS v(age, disease, times),
        generate_series(1, times);
SELECT f.* FROM logit_fit((SELECT logit_agg(disease, ARRAY[older::integer]) FROM heart), ARRAY['older']) AS f;
SELECT s.* FROM logit_fit_stats((SELECT logit_agg(disease, ARRAY[older::integer]) FROM heart)) AS s \gx
-- the model is the table: margins are its shares
SELECT m.* FROM logit_margins((SELECT logit_agg(disease, ARRAY[older::integer]) FROM heart), ARRAY['older']) AS m;

-- rows of children in 12 units
CREATE TEMP TABLE child AS
    SELECT i % 12 AS unit, (i * 7919) % 100 < 25 + 12 * (i % 2) + 5 * (i % 5) AS decided,
        i % 2 AS violence, i % 5 AS needs, 2020 + i % 4 AS year, 1e5 * (3 + i % 7) AS income
    FROM generate_series(1, 600) AS i;
CREATE TEMP TABLE model AS
    SELECT logit_agg(decided, ARRAY[violence, needs, year, income]) AS plain,
        logit_agg(decided, ARRAY[violence, needs, year, income], unit) AS clustered
    FROM child;
SELECT f.* FROM model, logit_fit(plain, ARRAY['violence', 'needs', 'year', 'income']) AS f;
SELECT f.* FROM model, logit_fit(clustered) AS f;
SELECT f.* FROM model, logit_fit(clustered, covariance => 'cr1', conf_level => 0.9) AS f;
SELECT f.* FROM model, logit_fit(plain, covariance => 'profile') AS f;
SELECT f.* FROM model, logit_fit(plain, method => 'firth') AS f;
SELECT m.* FROM model, logit_margins(clustered, ARRAY['violence', 'needs', 'year', 'income']) AS m;
-- clusters do not change the estimates, nor the fit
SELECT a.coefficient - b.coefficient < 1e-9 * a.std_error AS same
FROM model, logit_fit(plain) AS a, logit_fit(clustered, covariance => 'model') AS b WHERE a.term = b.term;
-- parts that are merged are the whole
SELECT (SELECT array_agg(f::text) FROM logit_fit((SELECT rollup(part)
            FROM (SELECT logit_agg(decided, ARRAY[violence, needs, year, income], unit) AS part
                  FROM child GROUP BY unit % 3) AS p)) AS f) =
    (SELECT array_agg(f::text) FROM model, logit_fit(clustered) AS f) AS merged_is_whole;

-- separation: nobody without support in group 1. Firth adds half a child to each cell
CREATE TEMP TABLE cells AS
    SELECT logit_agg(decided, ARRAY[grp, other]) AS crossed, logit_agg(decided, ARRAY[grp]) AS one
    FROM (VALUES (0, 0, true, 4), (0, 0, false, 6), (0, 1, true, 7), (0, 1, false, 5), (1, 0, true, 5),
                 (1, 1, true, 6)) AS v(grp, other, decided, times), generate_series(1, times);
SELECT f.* FROM cells, logit_fit(crossed, ARRAY['group', 'other']) AS f;
SELECT m.term, m.kind, m.estimate, m.std_error, m.status FROM cells, logit_margins(crossed) AS m;
SELECT s.parameters, s.log_likelihood, s.converged, s.status FROM cells, logit_fit_stats(crossed) AS s;
SELECT f.term, f.coefficient, f.odds_ratio_lower, f.odds_ratio_upper, f.p_value, f.covariance, f.status
FROM cells, logit_fit(crossed, ARRAY['group', 'other'], 'firth') AS f;
SELECT f.odds_ratio, (11.5 * 11.5) / (11.5 * 0.5) AS half_a_child
FROM cells, logit_fit(one, method => 'firth') AS f WHERE term = 'x1';

-- degenerate data: a status, and what is still defined
SELECT what, f.term, f.coefficient, f.std_error, f.p_value, f.status
FROM (VALUES
    ('empty', (SELECT logit_agg(true, ARRAY[1.0::double precision]) FROM generate_series(1, 0))),
    ('all events', (SELECT logit_agg(true, ARRAY[i]) FROM generate_series(1, 3) AS i)),
    ('constant', (SELECT logit_agg(i % 3 = 0 OR i % 7 = 0, ARRAY[2026, i % 2]) FROM generate_series(1, 30) AS i)),
    ('dependent', (SELECT logit_agg(i % 3 = 0 OR i % 7 = 0, ARRAY[i % 2, 1 - i % 2, i % 5]) FROM generate_series(1, 30) AS i)),
    ('fewer patterns than terms', (SELECT logit_agg(i % 3 = 0 OR i % 7 = 0, ARRAY[i % 2, i % 2 * 7, i % 2 * 9 - 4])
                                   FROM generate_series(1, 30) AS i)),
    ('one cluster', (SELECT logit_agg(i % 3 = 0 OR i % 7 = 0, ARRAY[i % 2], 7) FROM generate_series(1, 30) AS i)),
    ('two clusters', (SELECT logit_agg(i % 3 = 0 OR i % 7 = 0, ARRAY[i % 5], i % 2) FROM generate_series(1, 30) AS i)),
    ('no covariate', (SELECT logit_agg(i % 3 = 0 OR i % 7 = 0, ARRAY[]::double precision[]) FROM generate_series(1, 30) AS i)),
    ('threshold', (SELECT logit_agg(i > 15, ARRAY[i]) FROM generate_series(1, 30) AS i)),
    ('billions', '{"clustered": 1, "n_not_finite": 0, "covariates": 1, "patterns": [
        {"covariates": [0], "n": 1000000000, "events": 7}, {"covariates": [1], "n": 4000000000000000, "events": 3999999999999999}]}')
) AS v(what, summary), logit_fit(summary) AS f;
SELECT s.* FROM logit_fit_stats((SELECT logit_agg(true, ARRAY[1.0::double precision]) FROM generate_series(1, 0))) AS s;
SELECT f.term, f.status FROM logit_fit((SELECT logit_agg(true, ARRAY[1.0::double precision])
                                        FROM generate_series(1, 0)), ARRAY['a', 'b']) AS f;
SELECT s.n, s.n_not_finite, s.patterns FROM logit_fit_stats((
    SELECT logit_agg(e, ARRAY[x]) FROM (VALUES (true, 1), (false, 'NaN'::double precision), (true, 'infinity'), (NULL, 1), (false, NULL),
                                            (false, 2)) AS v(e, x))) AS s;

-- NULL in, nothing out
SELECT count(*) FROM logit_fit(NULL);
SELECT count(*) FROM model, logit_margins(plain, method => NULL);
SELECT logit_fit_stats(NULL) IS NULL AS null_stats;

-- wrong settings
\set VERBOSITY sqlstate
SELECT logit_fit(plain, ARRAY['a', 'b']) FROM model;
SELECT logit_fit(plain, ARRAY['a', 'b', NULL, 'd']) FROM model;
SELECT logit_fit(plain, method => 'probit') FROM model;
SELECT logit_fit(plain, covariance => 'hc3') FROM model;
SELECT logit_fit(plain, covariance => 'cr2') FROM model;
SELECT logit_margins(plain, covariance => 'cr1') FROM model;
SELECT logit_fit(plain, conf_level => 95) FROM model;
SELECT logit_fit_stats(plain, 'ols') FROM model;

-- one cluster that outweighs all others leaves nothing to judge them by
SELECT term, coefficient IS NOT NULL AS fitted, std_error, status FROM logit_fit(
    '{"clustered": 2, "n_not_finite": 0, "covariates": 1, "patterns": [
      {"cluster": 0, "covariates": [0], "n": 15, "events": 5}, {"cluster": 1, "covariates": [1], "n": 15, "events": 5},
      {"cluster": 2, "covariates": [0], "n": 2969567247, "events": 5}, {"cluster": 3, "covariates": [1], "n": 15, "events": 5}]}');
