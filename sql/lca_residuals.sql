-- do items go together within latent classes?
SET search_path = nuso, public;
SET extra_float_digits = -3;

-- Landis and Koch 1977: 2 is present
CREATE TEMP TABLE slide AS
    SELECT patterns_agg(reverse(translate(pattern, '12', '01'))::bit(7)::integer, 127, slides) AS p
    FROM (VALUES ('1111111', 34), ('1111211', 2), ('1211111', 6), ('1211112', 1), ('1211211', 4), ('1211212', 5), ('2111111', 2),
                 ('2121212', 1), ('2211111', 2), ('2211112', 1), ('2211211', 2), ('2211212', 7), ('2211222', 1), ('2212112', 1),
                 ('2212212', 2), ('2212222', 3), ('2221212', 13), ('2221222', 5), ('2222212', 10), ('2222222', 16)) AS v(pattern, slides);
CREATE TEMP TABLE model AS
    SELECT classes, lca_fit(p, classes, 7) AS m FROM slide, generate_series(1, 3) AS classes;

-- one class: the pairs of a table under independence
SELECT item_a, item_b, n, observed, round(expected::numeric, 4) AS expected, round(residual::numeric, 4) AS residual,
       round(statistic::numeric, 3) AS statistic, p_value, p_adjusted, replicates, status
FROM model, slide, lca_residuals(m, p) WHERE classes = 1 AND item_b < 3;
SELECT abs(r.statistic / c.statistic - 1) < 1e-9 AS pearson
FROM model, slide, lca_residuals(m, p) AS r,
     LATERAL (SELECT chisq_test(crosstab_agg((present & 1)::integer, (present >> 1 & 1)::integer)) AS t
              FROM pattern_counts(p), generate_series(1, count)) AS v, LATERAL (SELECT (t).statistic) AS c
WHERE classes = 1 AND item_a = 0 AND item_b = 1;

-- two classes leave pairs that go together, three do not
SELECT classes, count(*) AS pairs, round(max(statistic)::numeric, 2) AS largest, count(p_value) AS p_values
FROM model, slide, lca_residuals(m, p) GROUP BY classes ORDER BY classes;
SELECT classes, min(replicates) AS replicates, count(*) FILTER (WHERE p_value < 0.05) > 2 AS some_small,
       bool_and(p_value BETWEEN 0.02 AND 1 AND p_adjusted >= p_value) AS in_range
FROM model, slide, lca_residuals(m, p, 49) WHERE classes > 1 GROUP BY classes ORDER BY classes;
SELECT count(DISTINCT x) AS answers
FROM (SELECT (SELECT string_agg(r::text, ' ') FROM lca_residuals(m, p, 9, seed) AS r) AS x
      FROM model, slide, unnest('{3,3}'::bigint[]) AS seed WHERE classes = 2) AS v;

-- items of some only: a pair is looked at where both were observed
SELECT item_a, item_b, n, observed, round(expected::numeric, 3) AS expected, round(residual::numeric, 3) AS residual, status
FROM (SELECT patterns_agg(i * 7 / 3 % 16, CASE i % 3 WHEN 0 THEN 3 WHEN 1 THEN 6 ELSE 7 END) AS p FROM generate_series(1, 90) AS i) AS v,
     lca_residuals(lca_fit(p, 1, 4), p);

-- thin data, other children, NULL
SELECT item_a, item_b, n, observed, expected, statistic, p_value, status
FROM (SELECT patterns_agg(1, 3)) AS v(p), lca_residuals(lca_fit(p, 3, 3), p, 9);
SELECT item_a, item_b, n, observed, expected, residual, statistic, status
FROM lca_residuals(lca_fit((SELECT patterns_agg(x, 3) FROM unnest('{0,0,0,1}'::bigint[]) AS x), 1, 2),
                   (SELECT patterns_agg(x, 3) FROM unnest('{0,1,3}'::bigint[]) AS x));
SELECT count(*) FROM slide, lca_residuals(lca_fit(select_items(p, 1), 1, 1), select_items(p, 1), 9);
SELECT count(*) FROM slide, lca_residuals(NULL, p);
SELECT count(*), sum(n) FROM model, lca_residuals(m, '{"patterns": []}') WHERE classes = 2;

-- errors
\set VERBOSITY sqlstate
SELECT lca_residuals(m, p, -1) FROM model, slide;
SELECT lca_residuals(lca_fit(select_items(p, 3), 1, 2), p) FROM slide;
