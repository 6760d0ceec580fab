-- profiles.sql - which patterns of risk and protection are there? Latent
-- classes of the synthetic children, from the first count to a comparison with
-- the classes that were planted.
--
-- demo/run shows this page; docs/guide.md takes the same steps with more words.
-- Read it as a script to copy. With real data step 9 is missing: they have no
-- truth to compare with.
--
-- Children who are exposed in different ways are looked at apart. How a child is
-- exposed is known, and a model of few classes is found by most of its random
-- starts, while one of many is found by few.

CREATE FUNCTION pg_temp.percent(share double precision) RETURNS text STRICT
  RETURN to_char(100 * share, 'FM990.0');

\echo
\echo '*** SYNTHETIC DEMONSTRATION DATA: fifteen classes were planted. Can they be found again? ***'

\echo
\echo '1. Count the patterns, by exposure: all that a model looks at'
CREATE TEMPORARY TABLE pattern AS
SELECT exposure, patterns_agg(factors, coalesce(factors_observed, 9223372036854775807)) AS p
FROM warehouse.investigation
WHERE inv_id <= 21858             -- one nation, whatever the scale
GROUP BY exposure;
SELECT exposure, n(p) AS children, (SELECT count(*) FROM pattern_counts(p)) AS patterns
FROM pattern ORDER BY children DESC;

\echo
\echo '2. How many classes? BIC is the criterion, least is best (shown: the least, and one class fewer or more)'
CREATE TEMPORARY TABLE candidate AS
SELECT t.exposure, s.*
FROM pattern AS t
JOIN (VALUES ('home', 6, 10), ('own', 2, 6), ('both', 1, 4), ('none', 1, 3))
    AS tried (exposure, least, most) USING (exposure)
CROSS JOIN LATERAL lca_select(p, 44, least, most, starts => 10, finish => 3, tolerance => 1e-7) AS s;
SELECT c.exposure, c.classes, round(c.log_likelihood::numeric, 1) AS log_likelihood, c.parameters,
       round(c.bic::numeric, 1) AS bic, round(c.entropy::numeric, 3) AS entropy,
       pg_temp.percent(c.smallest_share) AS smallest_percent, c.starts_at_best, c.selected, c.status
FROM candidate AS c JOIN candidate AS best ON best.exposure = c.exposure AND best.selected
WHERE abs(c.classes - best.classes) <= 1
ORDER BY best.n DESC, c.classes;

\echo
\echo '3. The models with so many classes, fitted with more starts and kept'
CREATE TEMPORARY TABLE found AS
SELECT exposure, c.classes, lca_fit(p, c.classes, 44, starts => 20, finish => 4, tolerance => 1e-8,
                                    standard_errors => false) AS model
FROM pattern JOIN candidate AS c USING (exposure)
WHERE c.selected;
SELECT exposure, s.classes, round(s.entropy::numeric, 3) AS entropy,
       round(s.mean_posterior::numeric, 3) AS mean_posterior, s.starts, s.starts_finished, s.starts_at_best,
       s.iterations, s.status
FROM found, lca_fit_stats(model) AS s ORDER BY s.n DESC;

\echo
\echo '4. Who are they? What is common in a class and not elsewhere (per cent who have it)'
CREATE TEMPORARY TABLE class_factor AS
SELECT m.exposure, c.class, c.share, f.factor, f.label_en, c.probability,
       -- common in the class, and more so than among all children
       row_number() OVER (PARTITION BY m.exposure, c.class
                          ORDER BY c.probability * ln(greatest(c.probability, 1e-9) / a.share) DESC, f.bit) AS rank
FROM found AS m
CROSS JOIN LATERAL lca_classes(m.model) AS c
JOIN factor AS f ON f.bit = c.item
JOIN (SELECT i.item, sum(i.present)::double precision / sum(i.n) AS share
      FROM pattern, item_counts(p) AS i GROUP BY i.item HAVING sum(i.present) > 0) AS a ON a.item = c.item;
CREATE TEMPORARY TABLE class_name AS
SELECT exposure, class, share, string_agg(factor, ' + ' ORDER BY rank) FILTER (WHERE rank <= 2) AS name,
       string_agg(format('%s %s', factor, round(100 * probability)), ', ' ORDER BY rank)
         FILTER (WHERE rank <= 4) AS card
FROM class_factor GROUP BY exposure, class, share;
SELECT exposure, class, pg_temp.percent(share) AS percent, card FROM class_name ORDER BY exposure, class;

\echo
\echo '5. Do factors still go together within the classes? The pairs that the models explain least'
SELECT m.exposure, a.factor AS factor, b.factor AS and_factor, r.observed AS children,
       round(r.expected::numeric, 1) AS expected, round(r.statistic::numeric, 1) AS statistic
FROM found AS m
JOIN pattern AS t USING (exposure)
CROSS JOIN LATERAL lca_residuals(m.model, t.p) AS r
JOIN factor AS a ON a.bit = r.item_a
JOIN factor AS b ON b.bit = r.item_b
WHERE r.statistic IS NOT NULL
ORDER BY r.statistic DESC LIMIT 5;

\echo
\echo '6. Registered under names, the models classify as any scheme does, and explain themselves'
SELECT exposure, register_model('latent-' || exposure, model, threshold => 0.5,
         label_sv => 'Latenta klasser (syntetiskt)', label_en => 'Latent classes (synthetic)',
         source_note => 'Fitted to the synthetic demonstration data by demo/profiles.sql.',
         names => ARRAY(SELECT format('%s: %s', n.class, n.name) FROM class_name AS n
                        WHERE n.exposure = m.exposure ORDER BY n.class)) AS version
FROM found AS m ORDER BY exposure;
CREATE TEMPORARY TABLE member AS
SELECT i.inv_id, i.exposure, classify('latent-' || i.exposure, i.factors,
                                      coalesce(i.factors_observed, 9223372036854775807)) AS profile,
       lca_classify(m.model, i.factors, coalesce(i.factors_observed, 9223372036854775807)) AS class,
       i.granted, t.class AS planted
FROM warehouse.investigation AS i
JOIN found AS m USING (exposure)
JOIN warehouse.demo_truth AS t ON t.place = (i.inv_id - 1) % 21858
WHERE i.inv_id <= 21858;
SELECT m.exposure, m.profile, count(*) AS children, pg_temp.percent(estimate(proportion_agg(m.granted))) AS granted_percent
FROM member AS m GROUP BY m.exposure, m.profile
ORDER BY m.exposure, m.profile;

\echo
\echo '7. What follows? Support by class, corrected for errors of assignment (three-step), beside the likeliest class'
SELECT m.exposure, n.class, n.name, pg_temp.percent(t.share_modal) AS likeliest,
       pg_temp.percent(t.share) || coalesce(format(' (%s to %s)', pg_temp.percent(t.lower), pg_temp.percent(t.upper)), '')
         AS three_step, t.status
FROM found AS m
JOIN (SELECT exposure, crosstab_agg(class, granted) AS granted FROM member GROUP BY exposure) AS c USING (exposure)
CROSS JOIN LATERAL lca_three_step(m.model, c.granted) AS t
JOIN class_name AS n ON n.exposure = m.exposure AND n.class = t.class
WHERE t.outcome = 'true'
ORDER BY m.exposure, t.share DESC;

\echo
\echo '8. Who is in which class? Odds against the first class of the same exposure (three-step, units as clusters)'
SELECT m.exposure, n.name, r.term, round(r.odds_ratio::numeric, 2) AS odds_ratio,
       format('%s to %s', round(r.odds_ratio_lower::numeric, 2), round(r.odds_ratio_upper::numeric, 2)) AS interval,
       CASE WHEN r.p_value < 0.0001 THEN '<0.0001' ELSE to_char(r.p_value, 'FM0.0000') END AS p_value, r.status
FROM found AS m
JOIN (SELECT c.exposure, membership_agg(c.class, ARRAY[(i.sex = 'girl')::integer, i.age], i.unit_id) AS summary
      FROM member AS c JOIN warehouse.investigation AS i USING (inv_id) GROUP BY c.exposure) AS c USING (exposure)
CROSS JOIN LATERAL lca_predictors(m.model, c.summary, names => ARRAY['girl', 'age']) AS r
JOIN class_name AS n ON n.exposure = m.exposure AND n.class = r.class
WHERE m.exposure IN ('own', 'both') AND r.term IN ('girl', 'age')
ORDER BY m.exposure, n.class, r.term DESC;

\echo
\echo '9. What was planted, and what was found of it: each planted class beside the class that has most of it'
CREATE TEMPORARY TABLE crossed AS
SELECT planted, exposure, class, count(*) AS n, sum(count(*)) OVER (PARTITION BY planted) AS n_planted,
       sum(count(*)) OVER (PARTITION BY exposure, class) AS n_class
FROM member GROUP BY planted, exposure, class;
SELECT DISTINCT ON (c.planted) c.planted, p.label_en AS theme, c.n_planted AS children,
       c.exposure || ' ' || c.class AS found_class,
       pg_temp.percent(c.n / c.n_planted::double precision) AS of_the_planted,
       pg_temp.percent(c.n / c.n_class::double precision) AS of_the_found
FROM crossed AS c
JOIN profile AS p ON p.scheme = 'demo' AND p.version = 1 AND p.priority = c.planted
ORDER BY c.planted, c.n DESC;

\echo '   In one number: children in the class that has most of their planted one, and the adjusted Rand index'
\echo '   (Hubert and Arabie 1985; 1: the same classes, 0: no more than chance); the rules of demo beside it'
CREATE FUNCTION pg_temp.pairs(n numeric) RETURNS double precision RETURN n * (n - 1) / 2;
WITH assigned AS (
    SELECT 'latent classes' AS by, planted, exposure || class AS given FROM member
    UNION ALL
    SELECT 'rules of demo', m.planted, classify('demo@1', i.factors)
    FROM member AS m JOIN warehouse.investigation AS i USING (inv_id)
), cell AS (
    SELECT by, planted, given, count(*) AS n FROM assigned GROUP BY by, planted, given
), matched AS (
    -- a found class counts for one planted class, and the other way round
    SELECT by, sum(n) AS matched
    FROM (SELECT *, n = max(n) OVER (PARTITION BY by, given) AND n = max(n) OVER (PARTITION BY by, planted) AS both_ways
          FROM cell) AS c
    WHERE both_ways GROUP BY by
), part AS (
    SELECT by, sum(n) AS n, sum(pg_temp.pairs(n)) AS same FROM cell GROUP BY by
), planted AS (
    SELECT by, sum(pg_temp.pairs(n)) AS pairs
    FROM (SELECT by, planted, sum(n) AS n FROM cell GROUP BY by, planted) AS c GROUP BY by
), given AS (
    SELECT by, sum(pg_temp.pairs(n)) AS pairs
    FROM (SELECT by, given, sum(n) AS n FROM cell GROUP BY by, given) AS c GROUP BY by
)
SELECT by, round(100 * matched / n, 1) AS percent_right,
       round(((same - e.expected) / ((planted.pairs + given.pairs) / 2 - e.expected))::numeric, 3) AS adjusted_rand
FROM part JOIN matched USING (by) JOIN planted USING (by) JOIN given USING (by)
CROSS JOIN LATERAL (SELECT planted.pairs * given.pairs / pg_temp.pairs(n) AS expected) AS e
ORDER BY by;

\echo '   And the probabilities: planted against fitted, in the classes that were found'
SELECT count(*) AS probabilities, round(sqrt(avg((f.probability - t.probability) ^ 2))::numeric, 3) AS root_mean_square,
       count(*) FILTER (WHERE abs(f.probability - t.probability) > 0.1) AS off_by_a_tenth
FROM (SELECT DISTINCT ON (planted) planted, exposure, class FROM crossed
      WHERE n > 0.5 * n_planted AND n > 0.5 * n_class ORDER BY planted, n DESC) AS b
JOIN class_factor AS f USING (exposure, class)
JOIN warehouse.demo_truth_factor AS t ON t.class = b.planted AND t.factor = f.factor;
