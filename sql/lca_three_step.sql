-- outcomes by latent class, corrected for errors of assignment
SET search_path = nuso, public;
SET extra_float_digits = -4;

-- a model of so many classes whose errors of assignment are given: it classifies by
-- items that nobody looks at here
CREATE FUNCTION pg_temp.model(classes integer, confusion double precision[]) RETURNS lca_model LANGUAGE sql AS $$
    SELECT jsonb_build_object('status', 'ok', 'classes', classes, 'items', 1, 'n', 100, 'n_unobserved', 0, 'patterns', 2,
        'seen', 1, 'varying', 1, 'complete', 1, 'seed', 1, 'pseudo_count', 0, 'starts', 1, 'finished', 1, 'at_best', 1,
        'iterations', 5, 'log_likelihood', -60, 'g2', 0, 'x2', 0, 'entropy', CASE WHEN classes = 1 THEN 0 ELSE 0.5 END,
        'mean_posterior', 0.9, 'shares', array_fill(1.0 / classes, ARRAY[classes]), 'probabilities', array_fill(0.5, ARRAY[classes]),
        'confusion', to_jsonb(confusion), 'errors', 0)::text::lca_model
$$;
-- counts row by row: the class that children were taken for, then outcomes a, b, ...
CREATE FUNCTION pg_temp.counts(outcomes integer, cells bigint[]) RETURNS crosstab LANGUAGE sql AS $$
    SELECT crosstab_agg((i - 1) / outcomes + 1, chr(97 + (i - 1) % outcomes), cells[i])
    FROM generate_series(1, cardinality(cells)) AS i
$$;
CREATE TEMP TABLE world AS
SELECT name, pg_temp.model(classes, confusion) AS m, pg_temp.counts(outcomes, cells) AS t FROM (VALUES
    ('two', 2, '{0.9,0.1,0.2,0.8}'::double precision[], 2, '{120,60,40,90}'::bigint[]),
    ('no error', 3, '{1,0,0,0,1,0,0,0,1}', 2, '{40,10,30,30,5,45}'),
    ('three', 3, '{0.85,0.1,0.05,0.1,0.8,0.1,0.05,0.15,0.8}', 3, '{210,40,30,50,160,41,33,45,190}'),
    ('beyond 0', 2, '{0.9,0.1,0.2,0.8}', 2, '{150,3,60,90}'),
    ('nobody', 3, '{0.85,0.1,0.05,0.1,0.8,0.1,0.05,0.15,0.8}', 2, '{300,90,0,0,70,130}'),
    ('never taken for 3', 3, '{0.9,0.1,0,0.2,0.8,0,0.5,0.5,0}', 2, '{40,10,30,30}'),
    ('one class', 1, '{1}', 2, '{40,10}'),
    ('one outcome', 2, '{0.9,0.1,0.2,0.8}', 1, '{40,10}')
) AS v(name, classes, confusion, outcomes, cells);

-- by hand: (120 0.8 - 40 0.2) / 0.7 of class 1 have outcome a, (60 0.8 - 90 0.2) / 0.7 have b: .7457627 of them
SELECT s.* FROM world, lca_three_step(m, t) AS s WHERE name = 'two';
SELECT (120 * 0.8 - 40 * 0.2) / (120 * 0.8 - 40 * 0.2 + 60 * 0.8 - 90 * 0.2) AS by_hand;
SELECT s.* FROM world, lca_three_step(m, t, 'bch', 0.9) AS s WHERE name = 'two' AND outcome = 'a';
-- without errors they are the shares of the table
SELECT class, outcome, n, share, std_error, share_modal = share AS same, sqrt(share * (1 - share) / sum(n) OVER (PARTITION BY class)) AS binomial
FROM world, lca_three_step(m, t) WHERE name = 'no error';
SELECT s.* FROM world, lca_three_step(m, t) AS s WHERE name = 'three';
-- where the equations lead beyond 0: maximum likelihood stays there, BCH says so
SELECT s.class, s.outcome, s.n, s.share, s.std_error, s.lower, s.upper, s.method, s.status
FROM world, unnest('{ml,bch}'::text[]) AS asked, lca_three_step(m, t, asked) AS s WHERE name = 'beyond 0';
-- nobody was taken for class 2 here; nobody ever is taken for class 3; one class; one outcome
SELECT name, s.class, s.outcome, s.n, s.share_modal, s.share, s.std_error, s.lower, s.status
FROM world, lca_three_step(m, t) AS s
WHERE name IN ('nobody', 'never taken for 3', 'one class', 'one outcome') ORDER BY name, class, outcome;

-- pairs, with Holm within an outcome; a test of all
SELECT p.* FROM world, lca_three_step_pairs(m, t) AS p WHERE name = 'three';
SELECT p.outcome, bool_and(p.p_adjusted = q.holm) AS is_holm
FROM world, lca_three_step_pairs(m, t, 'bch') AS p,
    LATERAL (SELECT least(1, max((SELECT count(*) FROM lca_three_step_pairs(m, t, 'bch') AS o
                                  WHERE o.outcome = p.outcome AND o.p_value >= r.p_value) * r.p_value)) AS holm
             FROM lca_three_step_pairs(m, t, 'bch') AS r WHERE r.outcome = p.outcome AND r.p_value <= p.p_value) AS q
WHERE name = 'three' GROUP BY p.outcome;
SELECT name, r.* FROM world, unnest('{ml,bch}'::text[]) AS asked, lca_three_step_test(m, t, asked) AS r ORDER BY name, r.method DESC;

-- clusters: tables of municipalities, which need not have all labels
CREATE TEMP TABLE unit AS
SELECT g, pg_temp.counts(2, ARRAY[6 + g % 5, 3 + g % 3, 2 + g % 2 * 3, 4 + g % 7]) AS t FROM generate_series(1, 24) AS g;
SELECT s.* FROM world, lca_three_step(m, (SELECT cluster_agg(t) FROM unit)) AS s WHERE name = 'two';
SELECT p.* FROM world, lca_three_step_pairs(m, (SELECT cluster_agg(t) FROM unit)) AS p WHERE name = 'two' AND outcome = 'a';
SELECT r.* FROM world, lca_three_step_test(m, (SELECT cluster_agg(t) FROM unit)) AS r WHERE name = 'two';
-- the same shares as of all children together
SELECT max(abs(a.share - b.share)) < 1e-14 AS same
FROM world, lca_three_step(m, (SELECT cluster_agg(t) FROM unit)) AS a
    JOIN lca_three_step(m, (SELECT rollup(t) FROM unit)) AS b USING (class, outcome)
WHERE name = 'two';
SELECT s.share, s.std_error, s.status FROM world, lca_three_step(m, (SELECT cluster_agg(t) FROM unit WHERE g < 10)) AS s WHERE name = 'two';
SELECT s.share, s.std_error, s.status FROM world, lca_three_step(m, (SELECT cluster_agg(t) FROM unit WHERE g = 1)) AS s WHERE name = 'two';
SELECT g, r.* FROM world, generate_series(1, 2) AS g, lca_three_step_test(m, (SELECT cluster_agg(t) FROM unit WHERE unit.g <= g.g)) AS r WHERE name = 'two';

-- a model that was fitted, and one that was not
CREATE TEMP TABLE child AS
SELECT i % 3 AS x, CASE i % 3 WHEN 0 THEN 15 WHEN 1 THEN 12 ELSE 0 END # ((1 << i * 7 % 5) & 15) AS present, (i * i + i / 7) % 4 < i % 3 + 1 AS support
FROM generate_series(1, 300) AS i;
SELECT s.class, s.outcome, s.n, s.share_modal, round(s.share::numeric, 5) AS share, s.status
FROM (SELECT lca_fit(patterns_agg(present), 2, 4) AS m FROM child) AS f,
    lca_three_step(m, (SELECT crosstab_agg(lca_classify(m, present), support) FROM child)) AS s;
SELECT s.* FROM (SELECT lca_fit(patterns_agg(1), 3, 4) AS m) AS f, lca_three_step(m, (SELECT crosstab_agg(1, support) FROM child)) AS s;
SELECT s.* FROM (SELECT lca_fit(patterns_agg(1), 3, 4) AS m) AS f, lca_three_step_test(m, (SELECT crosstab_agg(1, support) FROM child)) AS s;

-- nobody; NULL
SELECT count(*) FROM world, lca_three_step(m, (SELECT crosstab_agg(1, 2) FROM generate_series(1, 0))) WHERE name = 'two';
SELECT r.status FROM world, lca_three_step_test(m, (SELECT crosstab_agg(1, 2) FROM generate_series(1, 0))) AS r WHERE name = 'two';
SELECT r.status FROM world, lca_three_step_test(m, (SELECT cluster_agg(t) FROM unit WHERE g = 0)) AS r WHERE name = 'two';
SELECT count(*) FROM world, lca_three_step(m, NULL::crosstab);
SELECT count(*) FROM world, lca_three_step_pairs(m, t, NULL);
SELECT lca_three_step_test(NULL, t) FROM world WHERE name = 'two';

-- wrong settings
\set VERBOSITY sqlstate
SELECT lca_three_step(m, t, 'modal') FROM world WHERE name = 'two';
SELECT lca_three_step(m, t, 'ml', 1) FROM world WHERE name = 'two';
SELECT lca_three_step_pairs(m, t, 'ml', 0) FROM world WHERE name = 'two';
SELECT lca_three_step(m, (SELECT crosstab_agg(3, 1))) FROM world WHERE name = 'two';
SELECT lca_three_step(m, (SELECT crosstab_agg(0, 1))) FROM world WHERE name = 'two';
SELECT lca_three_step_test(m, (SELECT crosstab_agg('violence', 1))) FROM world WHERE name = 'two';
SELECT lca_three_step(m, (SELECT cluster_agg(crosstab_agg) FROM (SELECT crosstab_agg('01', 1)) AS c)) FROM world WHERE name = 'two';
SELECT lca_three_step(m, (SELECT crosstab_agg(1, i) FROM generate_series(1, 5000) AS i)) FROM world WHERE name = 'two';
SELECT lca_three_step_test(m, (SELECT crosstab_agg(1, i) FROM generate_series(1, 600) AS i)) FROM world WHERE name = 'two';
\set VERBOSITY default
