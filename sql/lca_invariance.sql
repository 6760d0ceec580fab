-- do latent classes mean the same in two groups?
SET search_path = nuso, public;
SET extra_float_digits = -3;

-- two classes of five items; girls have other shares of them, and in the second place item 3 means something else to them
CREATE TEMP TABLE child AS
    SELECT place, girl, i,
           (SELECT sum((random_uniform(5, place * 2 + girl, i * 8 + item) <
                        CASE WHEN in_first THEN CASE WHEN place = 1 AND girl = 1 AND item = 3 THEN 0.2 ELSE 0.85 - item * 0.03 END
                             ELSE 0.1 + item * 0.05 END)::integer << item)
            FROM generate_series(0, 4) AS item) AS present
    FROM generate_series(0, 1) AS place, generate_series(0, 1) AS girl, generate_series(1, 1200) AS i,
         LATERAL (SELECT random_uniform(6, place * 2 + girl, i) < 0.3 + 0.25 * girl) AS f(in_first);
CREATE TEMP TABLE pair AS
    SELECT place, patterns_agg(present, 31) FILTER (WHERE girl = 0) AS a, patterns_agg(present, 31) FILTER (WHERE girl = 1) AS b
    FROM child GROUP BY place;

-- the same classes: nothing is found; one item moved: it is found
SELECT place, item, df, p_value > 0.01 AS same, n_a, n_b, method, status
FROM pair, lca_invariance_test(a, b, 2, 5) ORDER BY place, item NULLS FIRST;
SELECT place, max(statistic) FILTER (WHERE item = 3) = max(statistic) FILTER (WHERE item IS NOT NULL) AS item_three,
       max(statistic) FILTER (WHERE item IS NULL) >= max(statistic) AS all_at_least,
       bool_and(item IS NULL = (p_adjusted IS NULL)) AS adjusted, bool_and(p_adjusted >= p_value) AS larger
FROM pair, lca_invariance_test(a, b, 2, 5) GROUP BY place ORDER BY place;

-- the groups are alike but for their names
SELECT bool_and(abs(x.statistic - y.statistic) < 1e-5 AND x.df = y.df) AS symmetric
FROM pair, lca_invariance_test(a, b, 2, 5) AS x JOIN lca_invariance_test(b, a, 2, 5) AS y ON x.item IS NOT DISTINCT FROM y.item
WHERE place = 1;

-- one class: two proportions an item
SELECT item, round(statistic::numeric, 5) AS statistic, df, round(p_value::numeric, 6) AS p_value, round(p_adjusted::numeric, 6) AS p_adjusted, status
FROM (SELECT patterns_agg(x, 3, n) FROM (VALUES (0, 30), (2, 20), (1, 25), (3, 25)) AS v(x, n)) AS f(a),
     (SELECT patterns_agg(x, 3, n) FROM (VALUES (0, 10), (2, 20), (1, 30), (3, 40)) AS v(x, n)) AS s(b),
     lca_invariance_test(a, b, 1, 2);
SELECT round((g_test(make_crosstab('{{50,50},{30,70}}'))).statistic::numeric, 5) AS by_hand;

-- thin data
SELECT item, statistic, df, p_value, n_a, n_b, status FROM lca_invariance_test('{"patterns": []}', (SELECT a FROM pair WHERE place = 0), 2, 5, 3) WHERE coalesce(item, 0) = 0;
SELECT item, statistic, df, p_value, status
FROM (SELECT patterns_agg(1, 3) AS a, patterns_agg(1, 3) AS b) AS v, lca_invariance_test(a, b, 2, 2);
SELECT item, round(statistic::numeric, 6) AS statistic, status FROM (SELECT patterns_agg(x, 3) FROM unnest('{0,1}'::bigint[]) AS x) AS v(few), pair, lca_invariance_test(few, select_items(b, 3), 3, 2, 3) WHERE place = 0;
-- an item of nobody in one group, and one that all have
SELECT item, round(statistic::numeric, 4) AS statistic, df, p_value IS NULL AS no_p, p_adjusted IS NULL AS not_adjusted, status
FROM (SELECT patterns_agg(present & 7 | 8, 11) AS a FROM child WHERE place = 0 AND girl = 0) AS f,
     (SELECT patterns_agg(present & 7 | 8, 15) AS b FROM child WHERE place = 0 AND girl = 1) AS s, lca_invariance_test(a, b, 1, 4);
SELECT count(*) FROM pair, lca_invariance_test(a, NULL, 2, 5);

-- errors
\set VERBOSITY sqlstate
SELECT lca_invariance_test(a, b, 2, 63) FROM pair;
SELECT lca_invariance_test(a, b, 2, 0) FROM pair;
SELECT lca_invariance_test(a, b, 2, 4) FROM pair;
SELECT lca_invariance_test(a, b, 0, 5) FROM pair;
SELECT lca_invariance_test(a, b, 65, 5) FROM pair;
SELECT lca_invariance_test(a, b, 2, 5, 0) FROM pair;
