-- planted_classes.sql - does a model find the classes that were planted?
--
-- Reads the warehouse that was loaded with scale 1 and seed 1, and looks at two
-- exposures, because models of few classes are fitted quickly. The bounds leave
-- room below what an independent EM finds in these rows: 98.5 per cent of the
-- children in the right class, and of no class less than 94.
\set QUIET 1
SET client_min_messages = warning;
BEGIN;
SET LOCAL search_path = nuso, public, pg_temp;
SELECT plan(8);

CREATE TEMPORARY TABLE pattern AS
SELECT exposure, patterns_agg(factors, factors_observed) AS p
FROM warehouse.investigation WHERE exposure IN ('own', 'both') GROUP BY exposure;
CREATE TEMPORARY TABLE candidate AS
SELECT exposure, s.* FROM pattern, lca_select(p, 44, 1, 5, starts => 10, tolerance => 1e-7) AS s;
SELECT is(classes, 2, 'both: BIC asks for the two classes that were planted')
FROM candidate WHERE exposure = 'both' AND selected;
SELECT is(classes, 4, 'own: and for the four')
FROM candidate WHERE exposure = 'own' AND selected;

CREATE TEMPORARY TABLE found AS
SELECT exposure, lca_fit(p, CASE exposure WHEN 'own' THEN 4 ELSE 2 END, 44) AS model FROM pattern;
CREATE TEMPORARY TABLE crossed AS
SELECT t.class AS planted, i.exposure,
       lca_classify(f.model, i.factors, i.factors_observed) AS class, count(*) AS n
FROM warehouse.investigation AS i
JOIN found AS f USING (exposure)
JOIN warehouse.demo_truth AS t ON t.place = (i.inv_id - 1) % 21858
GROUP BY 1, 2, 3;
CREATE TEMPORARY TABLE best AS
SELECT DISTINCT ON (planted) planted, exposure, class, n,
       sum(n) OVER (PARTITION BY planted) AS n_planted
FROM crossed ORDER BY planted, n DESC;
SELECT is(count(DISTINCT (exposure, class)), 6::bigint,
          'each planted class has a found one of its own') FROM best;
SELECT ok(min(n / n_planted) > 0.92, 'with most of its children, in every class')
FROM best;
SELECT ok(sum(n) / sum(n_planted) > 0.97, 'and nearly all over all') FROM best;

CREATE TEMPORARY TABLE compared AS
SELECT b.planted, f.factor, f.probability AS planted_p, c.probability, c.std_error
FROM best AS b
JOIN found AS m USING (exposure)
CROSS JOIN LATERAL lca_classes(m.model) AS c
JOIN warehouse.demo_truth_factor AS f ON f.class = b.planted AND f.bit = c.item
WHERE c.class = b.class;
SELECT is(count(*), 6 * 44::bigint, 'with a probability for each factor') FROM compared;
-- class 1 had factors added where a profile asks for more of them
SELECT is_empty(
    $$SELECT * FROM compared
      WHERE planted <> 1 AND abs(probability - planted_p) > 0.1
         OR planted_p = 0 AND probability > 0.03$$,
    'near the one that was planted');
SELECT ok(avg((abs(probability - planted_p) <= 2.58 * std_error)::integer) > 0.96,
          'and as near as the standard errors say')
FROM compared WHERE planted NOT IN (1, 4) AND std_error > 0 AND planted_p > 0;

SELECT * FROM finish();
ROLLBACK;
