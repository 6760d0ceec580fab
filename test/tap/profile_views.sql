-- profile_views.sql - the report views of profiles, on the demonstration data.
--
-- Reads the warehouse that was loaded with scale 1 and seed 1, and adds a
-- second wave for a moment. Counts, shares, ratios and adjusted p-values are
-- computed again by plain SQL from the rows.
\set QUIET 1
SET client_min_messages = warning;
BEGIN;
SELECT plan(43);

-- each view once
CREATE TEMPORARY TABLE member AS SELECT * FROM warehouse.investigation_profile;
CREATE TEMPORARY TABLE listed AS SELECT * FROM warehouse.wave_profile;
CREATE TEMPORARY TABLE shares AS SELECT * FROM warehouse.profile_shares;
CREATE TEMPORARY TABLE by_group AS SELECT * FROM warehouse.profile_shares_by_group;
CREATE TEMPORARY TABLE by_unit AS SELECT * FROM warehouse.profile_shares_by_unit;
CREATE TEMPORARY TABLE by_age AS SELECT * FROM warehouse.profile_shares_by_age;
CREATE TEMPORARY TABLE outcomes AS SELECT * FROM warehouse.profile_outcomes;
CREATE TEMPORARY TABLE card AS SELECT * FROM warehouse.profile_factors;

-- each child by itself, by another call
CREATE TEMPORARY TABLE child AS
SELECT i.*, nuso.classify('demo@1', i.factors) AS profile, u.size_class
FROM warehouse.investigation AS i JOIN warehouse.unit AS u USING (unit_id);
ANALYZE child;

-- do the rows of a table follow Holm's definition within each family?
CREATE FUNCTION pg_temp.holm_errors(rows text) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    result bigint;
BEGIN
    EXECUTE format($q$
        WITH family AS (%s),
        ranked AS (
            SELECT *, count(*) OVER (PARTITION BY f)
                      - rank() OVER (PARTITION BY f ORDER BY p) + 1 AS remaining
            FROM family WHERE p IS NOT NULL),
        defined AS (
            SELECT *, least(1, max(p * remaining)
                               OVER (PARTITION BY f ORDER BY p)) AS expected
            FROM ranked)
        SELECT count(*) FROM defined
        WHERE NOT abs(adjusted - expected) <= 1e-12 * greatest(expected, 1e-280)$q$, rows)
    INTO result;
    RETURN result;
END
$$;

-- investigation_profile
SELECT results_eq(
    'SELECT inv_id, wave, profile, scheme, version FROM member ORDER BY inv_id',
    $$SELECT inv_id, wave, profile, 'demo', 1 FROM child ORDER BY inv_id$$,
    'investigation_profile: each child once, as classify says');
SELECT is(count(*), 16::bigint, 'wave_profile: 15 profiles and unclassified')
FROM listed;

-- profile_shares
SELECT is_empty(
    $$SELECT s.profile FROM shares AS s
      LEFT JOIN (SELECT profile, count(*) AS n FROM child GROUP BY profile) AS c
          USING (profile)
      WHERE s.children <> coalesce(c.n, 0) OR s.n <> 21858
         OR abs(s.share - s.children / 21858.0) > 1e-15
         OR NOT (s.share_lower <= s.share AND s.share <= s.share_upper)$$,
    'profile_shares: counts over all, inside their intervals');
SELECT is(round(sum(share)::numeric, 12), 1.0, 'profile_shares: sum to 1')
FROM shares;

-- profile_shares_by_group
CREATE TEMPORARY TABLE group_count AS
SELECT g.grouping, g.group_value, c.profile, count(*) AS children
FROM child AS c
CROSS JOIN LATERAL (
    VALUES ('sex', c.sex),
           ('age', CASE WHEN age < 6 THEN '0-5' WHEN age < 10 THEN '6-9'
                        WHEN age < 15 THEN '10-14' ELSE '15-20' END),
           ('exposure', c.exposure),
           ('diagnosis', CASE c.diagnosis WHEN true THEN 'yes'
                                          WHEN false THEN 'no' END),
           ('residence', c.residence), ('background', c.background),
           ('size class', c.size_class::text)) AS g (grouping, group_value)
WHERE g.group_value <> 'unknown'
GROUP BY 1, 2, 3;
SELECT is_empty(
    $$SELECT grouping, group_value, profile, v.children, c.children
      FROM by_group AS v
      FULL JOIN group_count AS c USING (grouping, group_value, profile)
      WHERE v.children IS DISTINCT FROM coalesce(c.children, 0)$$,
    'profile_shares_by_group: each group counts its own children');
SELECT is_empty(
    $$SELECT grouping, group_value FROM by_group GROUP BY grouping, group_value
      HAVING abs(sum(share) - 1) > 1e-12 OR sum(children) <> min(n)
          OR min(n) <> max(n) OR count(*) <> 16$$,
    'profile_shares_by_group: the shares of a group sum to 1');
SELECT is_empty(
    $$SELECT grouping, profile FROM by_group GROUP BY grouping, profile
      HAVING min(n + rest_n) <> sum(n) OR max(n + rest_n) <> sum(n)
          OR max(abs(share * n + rest_share * rest_n - (SELECT sum(c.children) FROM group_count AS c WHERE c.grouping = by_group.grouping AND c.profile = by_group.profile)))
             > 1e-6$$,
    'profile_shares_by_group: the group and its rest are the grouping');
SELECT is_empty(
    $$SELECT a.grouping, a.profile FROM by_group AS a
      JOIN by_group AS b USING (grouping, profile)
      WHERE a.group_value IN ('girl', 'swedish', 'yes')
        AND b.group_value IN ('boy', 'foreign', 'no')
        AND NOT (abs(a.difference + b.difference) < 1e-12
                 AND abs(a.difference_lower + b.difference_upper) < 1e-12
                 AND abs(coalesce(a.p_value, 2) - coalesce(b.p_value, 2)) < 1e-12
                 AND a.p_adjusted IS NOT DISTINCT FROM b.p_adjusted)$$,
    'profile_shares_by_group: two groups mirror each other');
SELECT is(pg_temp.holm_errors(
    $$SELECT grouping AS f, p_value AS p, p_adjusted AS adjusted FROM by_group
      WHERE group_value NOT IN ('boy', 'no', 'foreign')$$), 0::bigint,
    'profile_shares_by_group: adjusted as Holm defines, a pair once');
SELECT is_empty(
    $$SELECT grouping FROM by_group
      WHERE NOT (share_lower <= share AND share <= share_upper
                 AND difference_lower <= difference
                 AND difference <= difference_upper)
         OR p_adjusted < p_value OR (p_value IS NULL) <> (p_adjusted IS NULL)$$,
    'profile_shares_by_group: intervals contain their points');
SELECT ok(bool_and(p_adjusted < 1e-6 AND difference > 0),
          'profile_shares_by_group: more girls than boys harm themselves')
FROM by_group WHERE grouping = 'sex' AND group_value = 'girl'
    AND profile = 'demo_07';

-- profile_shares_by_unit
SELECT is_empty(
    $$SELECT unit_id, profile FROM by_unit AS v
      FULL JOIN (SELECT unit_id, profile, count(*) AS children FROM child
                 GROUP BY unit_id, profile) AS c USING (unit_id, profile)
      WHERE v.children IS DISTINCT FROM coalesce(c.children, 0)$$,
    'profile_shares_by_unit: each unit counts its own children');
SELECT is_empty(
    $$SELECT unit_id FROM by_unit GROUP BY unit_id
      HAVING abs(sum(share) - 1) > 1e-12 OR count(*) <> 16$$,
    'profile_shares_by_unit: the shares of a unit sum to 1');
SELECT is_empty(
    $$SELECT v.unit_id, v.profile FROM by_unit AS v
      JOIN shares AS s USING (profile)
      WHERE v.n + v.rest_n <> 21858
         OR abs(v.share * v.n + v.rest_share * v.rest_n - s.children) > 1e-6
         OR abs(v.share - v.rest_share - v.difference) > 1e-12$$,
    'profile_shares_by_unit: the unit and the rest are the nation');
SELECT is_empty(
    $$WITH ranked AS (
          SELECT *, count(p_value) OVER () AS tests, count(p_value) OVER (
                     ORDER BY p_value RANGE UNBOUNDED PRECEDING) AS rank
          FROM by_unit WHERE p_value IS NOT NULL),
      defined AS (
          SELECT *, least(1, min(p_value * tests / rank) OVER (
                     ORDER BY p_value DESC RANGE UNBOUNDED PRECEDING))
                     AS expected
          FROM ranked)
      SELECT unit_id, profile FROM defined
      WHERE NOT abs(p_adjusted - expected) < 1e-12$$,
    'profile_shares_by_unit: adjusted as Benjamini and Hochberg define');
SELECT is_empty(
    $$SELECT unit_id FROM by_unit
      WHERE finding IS DISTINCT FROM
            CASE WHEN p_adjusted >= 0.05 THEN 'not distinguishable'
                 WHEN p_adjusted < 0.05 AND difference > 0 THEN 'higher'
                 WHEN p_adjusted < 0.05 THEN 'lower' END$$,
    'profile_shares_by_unit: the finding says what the numbers say');

-- profile_shares_by_age
SELECT is_empty(
    $$SELECT age, profile FROM by_age AS v
      FULL JOIN (SELECT age, profile, count(*) AS children FROM child
                 GROUP BY age, profile) AS c USING (age, profile)
      WHERE v.children IS DISTINCT FROM coalesce(c.children, 0)$$,
    'profile_shares_by_age: each age counts its own children');
SELECT is_empty(
    $$SELECT age FROM by_age GROUP BY age
      HAVING abs(sum(share) - 1) > 1e-12 OR count(*) <> 16
          OR sum(children) <> min(n)$$,
    'profile_shares_by_age: the shares of an age sum to 1');
SELECT is_empty(
    $$SELECT age, profile FROM by_age
      WHERE NOT (share_band_lower <= share_lower AND share_lower <= share
                 AND share <= share_upper AND share_upper <= share_band_upper)$$,
    'profile_shares_by_age: the band contains the interval, and that the share');

-- profile_outcomes: the same facts, counted from the rows
CREATE TEMPORARY TABLE fact AS
SELECT c.profile, f.kind, f.outcome, f.event
FROM child AS c
CROSS JOIN LATERAL (
    VALUES ('need', 'assessed', c.need), ('support', 'granted', c.granted),
           ('route', 'ansokan', c.via_ansokan),
           ('route', 'anmalan', c.via_anmalan),
           ('route', 'annat', c.via_annat),
           ('consent', 'guardian', c.consent_guardian),
           ('consent', 'child', c.consent_child)) AS f (kind, outcome, event)
UNION ALL
SELECT c.profile, 'intervention', t.code,
       EXISTS (SELECT FROM warehouse.investigation_intervention AS v
               WHERE v.inv_id = c.inv_id AND v.type = t.code)
FROM child AS c CROSS JOIN warehouse.intervention_type AS t
UNION ALL
SELECT c.profile, 'handover', t.code,
       EXISTS (SELECT FROM warehouse.investigation_handover AS v
               WHERE v.inv_id = c.inv_id AND v.type = t.code)
FROM child AS c CROSS JOIN warehouse.handover_type AS t;
SELECT is_empty(
    $$SELECT profile, kind, outcome, v.n, v.events, c.n, c.events
      FROM outcomes AS v
      FULL JOIN (SELECT profile, kind, outcome, count(event) AS n,
                        count(*) FILTER (WHERE event) AS events
                 FROM fact GROUP BY profile, kind, outcome) AS c
          USING (profile, kind, outcome)
      WHERE (v.n, v.events) IS DISTINCT FROM (c.n, c.events)$$,
    'profile_outcomes: counts of the rows');
SELECT is(count(*), 16 * 23::bigint,
          'profile_outcomes: 23 outcomes of 16 profiles') FROM outcomes;
SELECT is_empty(
    $$SELECT kind, outcome FROM outcomes GROUP BY kind, outcome
      HAVING min(n + rest_n) <> sum(n) OR max(n + rest_n) <> sum(n)
          OR max(abs(coalesce(share * n, 0) + coalesce(rest_share * rest_n, 0)
                     - (SELECT sum(o.events) FROM outcomes AS o
                        WHERE o.kind = outcomes.kind
                          AND o.outcome = outcomes.outcome))) > 1e-6$$,
    'profile_outcomes: the profile and the rest are all');
SELECT is_empty(
    $$SELECT profile, outcome FROM outcomes
      WHERE NOT (share_lower <= share AND share <= share_upper)
         OR NOT (difference_lower <= difference
                 AND difference <= difference_upper)
         OR abs(share - rest_share - difference) > 1e-12
         OR (share IS NULL) <> (n = 0) OR (status = 'ok') <> (n > 0)$$,
    'profile_outcomes: shares and differences inside their intervals');
SELECT is(pg_temp.holm_errors(
    $$SELECT kind AS f, p_value AS p, p_adjusted AS adjusted FROM outcomes$$),
    0::bigint, 'profile_outcomes: adjusted as Holm defines');
SELECT results_eq(
    $$SELECT o.difference, o.p_value FROM outcomes AS o
      WHERE kind = 'support' ORDER BY profile$$,
    $$SELECT r.difference, r.p_value
      FROM (SELECT profile, nuso.proportion_agg(granted) AS part FROM child
            GROUP BY profile) AS c,
           (SELECT nuso.proportion_agg(granted) AS whole FROM child) AS t,
           LATERAL nuso.compare_to_rest(part, whole) AS r ORDER BY profile$$,
    'profile_outcomes: as compare_to_rest says');
SELECT is(count(DISTINCT position), 23::bigint,
          'profile_outcomes: each outcome has its place') FROM outcomes;

-- profile_factors: the card
CREATE TEMPORARY TABLE present AS
SELECT c.profile, f.factor, count(*) AS n,
       count(*) FILTER (WHERE c.factors >> f.bit & 1 = 1) AS children
FROM child AS c CROSS JOIN nuso.factor AS f
GROUP BY c.profile, f.factor;
SELECT is_empty(
    $$SELECT profile, factor FROM card AS v
      FULL JOIN present AS p USING (profile, factor)
      WHERE (v.n, v.children) IS DISTINCT FROM (p.n, p.children)$$,
    'profile_factors: counts of the rows');
SELECT is_empty(
    $$SELECT c.profile, c.factor FROM card AS c
      JOIN (SELECT factor, sum(n) AS n, sum(children)::float8 AS children
            FROM present GROUP BY factor) AS t USING (factor)
      WHERE c.n + c.rest_n <> t.n
         OR abs(c.all_share - t.children / t.n) > 1e-12
         OR abs(c.lift - c.share / (t.children / t.n)) > 1e-12 * c.lift
         OR abs(c.rest_share - (t.children - c.children) / c.rest_n) > 1e-12
         OR abs(c.risk_ratio - c.share / c.rest_share) > 1e-12 * c.risk_ratio$$,
    'profile_factors: lift is against all children, the risk ratio against the rest');
SELECT is_empty(
    $$SELECT profile, factor FROM card
      WHERE NOT (share_lower <= share AND share <= share_upper)
         OR NOT (risk_ratio_lower <= risk_ratio
                 AND risk_ratio <= coalesce(risk_ratio_upper, risk_ratio))
         OR (risk_ratio > 1) <> (lift > 1)$$,
    'profile_factors: intervals contain their points');
SELECT is_empty(
    $$SELECT profile FROM card GROUP BY profile
      HAVING array_agg(rank ORDER BY rank)
             <> ARRAY(SELECT generate_series(1::bigint, 44))
          OR array_agg(factor ORDER BY rank)
             <> array_agg(factor ORDER BY risk_ratio_lower DESC NULLS LAST,
                                          share DESC NULLS LAST, bit)$$,
    'profile_factors: ranks by the lower bound of the risk ratio');
SELECT is(pg_temp.holm_errors(
    $$SELECT 1 AS f, p_value AS p, p_adjusted AS adjusted FROM card$$),
    0::bigint, 'profile_factors: adjusted as Holm defines');
SELECT is(factor, 'self_harm', 'profile_factors: self-harm leads its card')
FROM card WHERE profile = 'demo_07' AND rank = 1;

-- profile_shift: of one wave nothing is said
SELECT is_empty('SELECT profile FROM warehouse.profile_shift',
                'profile_shift: one wave has no shift');

-- a second wave of fewer children, without some of the profile multiple, and
-- a third with few who are known, by a scheme of its own
INSERT INTO nuso.profile_scheme (scheme, version, status, label_sv, label_en, source_note)
VALUES ('coarse', 1, 'active', 'Grov', 'Coarse', 'test');
INSERT INTO nuso.profile (scheme, version, profile, priority, label_sv, label_en)
VALUES ('coarse', 1, 'crime', 1, 'Brott', 'Crime'),
       ('coarse', 1, 'no_one', 2, 'Ingen', 'Nobody');
INSERT INTO nuso.profile_rule (scheme, version, profile, rule, all_of)
VALUES ('coarse', 1, 'crime', 1, nuso.factor_mask('own_crime')),
       ('coarse', 1, 'no_one', 1, 4611686018427387904);
INSERT INTO warehouse.wave (wave, source, synthetic, profile_scheme, d1_from) VALUES
    ('a later one', 'test', true, 'demo', '2025-10-01'),
    ('the latest', 'test', true, 'coarse', '2026-10-01');
INSERT INTO warehouse.investigation (
    inv_id, wave, unit_id, closed_month, sex, age, via_ansokan, via_anmalan,
    via_annat, factors, factors_observed)
SELECT 1000000 + inv_id, 'a later one', unit_id, '2025-10-01', sex, age,
       via_ansokan, via_anmalan, via_annat, factors, factors_observed
FROM child WHERE inv_id <= 6000 AND (profile <> 'multiple' OR inv_id <= 3000);
INSERT INTO warehouse.investigation (
    inv_id, wave, unit_id, closed_month, sex, age, via_ansokan, via_anmalan,
    via_annat, factors, factors_observed)
SELECT 2000000 + inv_id, 'the latest', unit_id, '2026-10-01', sex, age,
       via_ansokan, via_anmalan, via_annat,
       CASE WHEN inv_id > 5 THEN factors END, CASE WHEN inv_id > 8 THEN factors END
FROM child WHERE inv_id <= 60;
CREATE TEMPORARY TABLE shift AS SELECT * FROM warehouse.profile_shift;
SELECT results_eq(
    'SELECT wave, wave_before, scheme, count(*) FROM shift GROUP BY 1, 2, 3 ORDER BY 1',
    $$VALUES ('a later one', 'synthetic 2024', 'demo', 16::bigint),
             ('the latest', 'a later one', 'coarse', 3::bigint)$$,
    'profile_shift: each wave against the one before, by its own scheme');
SELECT is_empty(
    $$SELECT s.profile FROM shift AS s
      LEFT JOIN (SELECT profile, count(*) AS n FROM child GROUP BY profile) AS b
          USING (profile)
      LEFT JOIN (SELECT profile, count(*) AS n FROM child
                 WHERE inv_id <= 6000 AND (profile <> 'multiple' OR inv_id <= 3000)
                 GROUP BY profile) AS c USING (profile)
      WHERE s.wave = 'a later one'
        AND (s.children <> coalesce(c.n, 0) OR s.n_before <> 21858
             OR s.children_before <> coalesce(b.n, 0))$$,
    'profile_shift: counts of both waves');
SELECT is_empty(
    $$SELECT wave FROM shift GROUP BY wave
      HAVING abs(sum(share) - 1) > 1e-12 OR abs(sum(share_before) - 1) > 1e-12
          OR abs(sum(difference)) > 1e-12$$,
    'profile_shift: shares of a wave sum to 1, and differences to 0');
SELECT is_empty(
    $$SELECT profile FROM shift
      WHERE NOT (share_lower <= share AND share <= share_upper
                 AND share_before_lower <= share_before
                 AND share_before <= share_before_upper
                 AND difference_lower <= difference
                 AND difference <= difference_upper)
         OR abs(share - share_before - difference) > 1e-12
         OR (p_value IS NULL) <> (status <> 'ok')$$,
    'profile_shift: intervals contain their points');
SELECT is(pg_temp.holm_errors(
    $$SELECT wave AS f, p_value AS p, p_adjusted AS adjusted FROM shift$$),
    0::bigint, 'profile_shift: adjusted as Holm defines');
SELECT ok(p_adjusted < 1e-6 AND difference < 0,
          'profile_shift: the missing children are missed')
FROM shift WHERE profile = 'multiple';
SELECT results_eq(
    $$SELECT profile, n_before, n, children, status FROM shift
      WHERE wave = 'the latest' ORDER BY priority$$,
    $$SELECT p, (SELECT count(*) FROM warehouse.investigation WHERE wave = 'a later one'),
             55::bigint, x, s
      FROM (VALUES ('crime', (SELECT count(*) FROM child
                              WHERE inv_id BETWEEN 9 AND 60 AND own_crime
                                 OR inv_id BETWEEN 6 AND 8 AND own_crime), 'ok'),
                   ('no_one', 0, 'zero_margin'),
                   ('unclassified', (SELECT count(*) FROM child
                                     WHERE inv_id BETWEEN 6 AND 60
                                       AND NOT own_crime), 'ok')) AS v (p, x, s)$$,
    'profile_shift: children without known factors are in no wave');

-- the views of the first wave are what they were; the others have their own
SELECT is_empty(
    $$SELECT * FROM warehouse.profile_outcomes WHERE wave = 'synthetic 2024'
      EXCEPT SELECT * FROM outcomes$$,
    'profile_outcomes: another wave changes nothing');
SELECT is_empty(
    $$SELECT * FROM warehouse.profile_factors WHERE wave = 'synthetic 2024'
      EXCEPT SELECT * FROM card$$,
    'profile_factors: nor does it here');
SELECT is_empty(
    $$SELECT outcome FROM warehouse.profile_outcomes
      WHERE wave = 'a later one' AND kind IN ('need', 'support', 'consent', 'intervention')
        AND (n > 0 OR share IS NOT NULL OR p_value IS NOT NULL
             OR status <> 'empty' OR difference_status <> 'empty')$$,
    'profile_outcomes: what is not known is empty');

SELECT * FROM finish();
ROLLBACK;
