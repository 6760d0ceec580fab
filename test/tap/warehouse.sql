-- warehouse.sql - the reference warehouse and its synthetic data.
--
-- Reads the warehouse that was loaded with scale 1 and seed 1, and makes
-- others for a moment.
\set QUIET 1
SET client_min_messages = warning;
BEGIN;
SELECT plan(43);

-- one number for all rows of a schema: the same rows in any order
CREATE FUNCTION pg_temp.digest(schema text, relation text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    result text;
BEGIN
    EXECUTE format('SELECT md5(string_agg(md5(r::text), '''' ORDER BY md5(r::text) COLLATE "C"))
                    FROM %I.%I AS r', schema, relation) INTO result;
    RETURN result;
END
$$;

CREATE TEMPORARY TABLE fact (name text, position integer);
INSERT INTO fact VALUES
    ('unit', 1), ('investigation', 2), ('investigation_intervention', 3),
    ('investigation_handover', 4), ('followup', 5), ('service', 6),
    ('service_aggregate', 7), ('referral', 8);

-- shape
SELECT is_empty($$
    SELECT c.relname, a.attname
    FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'warehouse'::regnamespace
      AND c.relkind IN ('r', 'v') AND a.attnum > 0 AND NOT a.attisdropped
      AND a.atttypid NOT IN (
          'integer'::regtype, 'bigint'::regtype, 'double precision'::regtype,
          'text'::regtype, 'boolean'::regtype, 'date'::regtype)$$,
    'all columns of tables and views are plain scalars');
SELECT is_empty($$
    SELECT c.relname, a.attname
    FROM pg_class AS c LEFT JOIN pg_attribute AS a
        ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = 'warehouse'::regnamespace
      AND c.relkind IN ('r', 'v')
      AND (obj_description(c.oid, 'pg_class') IS NULL
           OR col_description(c.oid, a.attnum) IS NULL)$$,
    'every table, view and column has a comment');
SELECT is_empty($$
    SELECT d.objid FROM pg_depend AS d JOIN pg_class AS c ON c.oid = d.objid
    WHERE d.classid = 'pg_class'::regclass AND d.deptype = 'e'
      AND c.relnamespace = 'warehouse'::regnamespace$$,
    'no table of a warehouse is a member of the extension');
SELECT is_empty($$
    SELECT conname FROM pg_constraint
    WHERE connamespace = 'warehouse'::regnamespace AND NOT convalidated$$,
    'every constraint is validated after the load');
SELECT is_empty($$
    SELECT conrelid::regclass, conname FROM pg_constraint AS k
    WHERE connamespace = 'warehouse'::regnamespace AND contype = 'f'
      AND conrelid = ANY (ARRAY['warehouse.investigation'::regclass])
      AND NOT EXISTS (SELECT FROM pg_constraint AS p
                      WHERE p.conrelid = k.confrelid AND p.contype = 'p')$$,
    'what is referred to has its primary key again');

-- views
SELECT results_eq(
    $$SELECT (SELECT count(*) FROM warehouse.exposure_chain),
             (SELECT count(*) FROM warehouse.age_gap),
             (SELECT count(*) FROM warehouse.age_gap_clustered),
             (SELECT count(*) FROM warehouse.age_gap_by_group),
             (SELECT count(*) FROM warehouse.age_gap_by_unit),
             (SELECT count(*) FROM warehouse.unit_gap),
             (SELECT count(*) FROM warehouse.exposure_by_age),
             (SELECT count(*) FROM warehouse.participation_by_age),
             (SELECT count(*) FROM warehouse.group_differences),
             (SELECT count(*) FROM warehouse.profile_shares),
             (SELECT count(*) FROM warehouse.profile_shares_by_group),
             (SELECT count(*) FROM warehouse.profile_shares_by_unit),
             (SELECT count(*) FROM warehouse.profile_shares_by_age),
             (SELECT count(*) FROM warehouse.profile_outcomes),
             (SELECT count(*) FROM warehouse.profile_factors),
             (SELECT count(*) FROM warehouse.unit_vs_rest),
             (SELECT count(*) FROM warehouse.interventions),
             (SELECT count(*) FROM warehouse.handovers),
             (SELECT count(*) FROM warehouse.referral_pathway)$$,
    $$VALUES (6::bigint, 108::bigint, 18::bigint, 252::bigint, 536::bigint,
              134::bigint, 72::bigint, 90::bigint, 32::bigint, 16::bigint,
              352::bigint, 2144::bigint, 288::bigint, 368::bigint,
              704::bigint, 268::bigint, 50::bigint, 50::bigint, 24::bigint)$$,
    'every report view has its rows');
SELECT is_empty(
    $$SELECT exposure FROM warehouse.exposure_chain
      WHERE abs(share * 21858 - children) > 1e-6
         OR abs(decided * children - decided_children) > 1e-6
         OR NOT (assessed_lower < assessed AND assessed < assessed_upper)$$,
    'exposure_chain: shares are counts divided, inside their intervals');
SELECT is(sum(children)::bigint, 21858::bigint,
          'profile_shares: every child has one profile')
FROM warehouse.profile_shares;

-- adjusted p-values against their definitions
SELECT is_empty(
    $$SELECT g.grouping, g.group_a
      FROM warehouse.group_differences AS g
      WHERE abs(g.p_adjusted - least(1, (
          SELECT max(h.p_value * (SELECT count(*)
                                  FROM warehouse.group_differences AS k
                                  WHERE k.outcome = h.outcome
                                    AND k.p_value >= h.p_value))
          FROM warehouse.group_differences AS h
          WHERE h.outcome = g.outcome AND h.p_value <= g.p_value)))
          > 1e-12$$,
    'group_differences: p-values adjusted as Holm defines');
SELECT is_empty(
    $$SELECT u.unit_id
      FROM warehouse.unit_vs_rest AS u
      WHERE u.outcome = 'granted' AND abs(u.p_adjusted - least(1, (
          SELECT min(v.p_value * 134 / (
                     SELECT count(*) FROM warehouse.unit_vs_rest AS k
                     WHERE k.outcome = 'granted' AND k.p_value <= v.p_value))
          FROM warehouse.unit_vs_rest AS v
          WHERE v.outcome = 'granted' AND v.p_value >= u.p_value))) > 1e-12$$,
    'unit_vs_rest: p-values adjusted as Benjamini and Hochberg define');
SELECT is_empty(
    $$SELECT unit_id FROM warehouse.unit_vs_rest WHERE n + rest_n <> 21858$$,
    'unit_vs_rest: the unit and the rest are the nation');
SELECT results_eq(
    $$SELECT type, children FROM warehouse.interventions
      WHERE exposure = 'all' ORDER BY position$$,
    $$SELECT t.code, (SELECT count(*)
                      FROM warehouse.investigation_intervention AS i
                      WHERE i.type = t.code)
      FROM warehouse.intervention_type AS t ORDER BY t.position$$,
    'interventions: the row of all counts all');
SELECT is((SELECT sum(n)::bigint FROM warehouse.services), 12000::bigint,
          'services: rows and counts together');

-- synthetic, and said so
SELECT ok(bool_and(synthetic AND source LIKE 'Synthetic%'),
          'the wave says that its rows are synthetic') FROM warehouse.wave;
SELECT is_empty(
    $$SELECT name FROM fact
      WHERE obj_description(format('warehouse.%I', name)::regclass)
            NOT LIKE '%SYNTHETIC%'$$,
    'so do the comments of the tables');
SELECT is_empty(
    $$SELECT unit_id FROM warehouse.unit WHERE name NOT LIKE '%syntetisk%'
      UNION ALL
      SELECT unit_id FROM warehouse.unit
      WHERE substr(municipality_code, 1, 2) < '97'$$,
    'no unit bears a real name or code');

-- the planted classes: as many as planned, with the factors that were planned
SELECT results_eq(
    $$SELECT class, count(*)::integer FROM warehouse.demo_truth GROUP BY class
      ORDER BY class$$,
    $$VALUES (1, 2623), (2, 4809), (3, 1530), (4, 743), (5, 1320), (6, 536),
             (7, 386), (8, 687), (9, 1520), (10, 1381), (11, 1036), (12, 829),
             (13, 1036), (14, 1105), (15, 2317)$$,
    'demo_truth: fifteen classes of children');
CREATE TEMPORARY TABLE planted AS
SELECT f.class, f.factor, f.probability, count(*) AS n,
       avg((i.factors >> f.bit & 1)::integer)::float8 AS share
FROM warehouse.investigation AS i
JOIN warehouse.demo_truth AS t ON t.place = (i.inv_id - 1) % 21858
JOIN warehouse.demo_truth_factor AS f USING (class)
GROUP BY f.class, f.factor, f.probability;
SELECT is(count(*), 15 * 44::bigint, 'demo_truth_factor: of 44 factors')
FROM planted;
SELECT is_empty(
    $$SELECT class, factor FROM planted
      WHERE probability IN (0, 1) AND share <> probability
         OR factor = 'own_crime' AND abs(share - probability) > 1e-12$$,
    'demo_truth_factor: what is never or always so is never or always found');
SELECT is_empty(
    $$SELECT class, factor FROM planted
      WHERE share < probability - 5 * sqrt(probability * (1 - probability) / n)$$,
    'demo_truth_factor: no factor is less common than drawn');
-- chance, or what the published exposures and profiles ask for besides
SELECT is((SELECT count(*) FROM planted
           WHERE share > probability
                         + 5 * sqrt(probability * (1 - probability) / n)), 7::bigint,
          'demo_truth_factor: few are more common');
SELECT ok(bool_and(abs(share - probability) < 0.08),
          'demo_truth_factor: and none by much') FROM planted;

-- the same seed, the same rows
SELECT nuso.create_warehouse('again') \g /dev/null
SELECT nuso.load_demo('again', 1, 1) \g /dev/null
SELECT is(pg_temp.digest('again', name), pg_temp.digest('warehouse', name),
          'same seed, same rows: ' || name)
FROM fact ORDER BY position;
SELECT is(md5(string_agg(inv_id || ':' || unit_id || ':' || factors || ':'
                         || granted, ',' ORDER BY inv_id)),
          '81b07725527f7fbaa0c2de0891496795',
          'seed 1 has made these rows on every server version')
FROM again.investigation;

-- another seed, other rows; twice the scale, twice the children
SELECT nuso.create_warehouse('Other one') \g /dev/null
SELECT nuso.load_demo('Other one', scale => 2, seed => -5) \g /dev/null
SELECT isnt(pg_temp.digest('Other one', 'unit'),
            pg_temp.digest('warehouse', 'unit'), 'another seed, other units');
SELECT results_eq(
    $$SELECT exposure, count(*), count(*) FILTER (WHERE need),
             count(*) FILTER (WHERE granted)
      FROM "Other one".investigation GROUP BY exposure ORDER BY 2$$,
    $$VALUES ('none', 4634::bigint, 668::bigint, 620::bigint),
             ('own', 5858, 3422, 2718), ('both', 6732, 5076, 3796),
             ('home', 26492, 13616, 8584)$$,
    'at scale 2 every quota is twice as large');
SELECT results_eq(
    $$SELECT profile, children FROM "Other one".profile_shares
      WHERE priority <= 3 ORDER BY priority$$,
    $$VALUES ('multiple', 5246::bigint), ('supported', 9618),
             ('resourceful', 3060)$$,
    'and so is every described profile');
SELECT is((SELECT count(DISTINCT factors) > count(*) / 4
           FROM "Other one".investigation), true,
          'children of one profile differ in their factors');
-- a unit with enough children shows its years
CREATE TEMPORARY TABLE large_unit AS SELECT * FROM "Other one".age_gap_by_unit;
SELECT is_empty(
    $$SELECT unit_id FROM large_unit GROUP BY unit_id
      HAVING bool_or(pooled) <> (sum(n) < 540)
          OR bool_and(pooled) <> (sum(n) < 540)$$,
    'age_gap_by_unit: years stand alone where a unit has 540 children');
SELECT is_empty(
    $$SELECT u.unit_id, u.age_from
      FROM large_unit AS u
      LEFT JOIN (SELECT unit_id, age, count(*) AS n,
                        avg((exposure_home OR exposure_own)::integer
                            - granted::integer)::float8 AS gap
                 FROM "Other one".investigation GROUP BY 1, 2) AS i
          ON i.unit_id = u.unit_id AND i.age = u.age_from
      WHERE NOT u.pooled
        AND (u.age_to <> u.age_from OR u.n IS DISTINCT FROM i.n
             OR NOT abs(u.gap - i.gap) < 1e-12)$$,
    'age_gap_by_unit: and are the children of one age');
SELECT is(count(DISTINCT unit_id) FILTER (WHERE NOT pooled),
          (SELECT count(*) FROM (SELECT FROM "Other one".investigation
                                 GROUP BY unit_id HAVING count(*) >= 540) AS u),
          'age_gap_by_unit: of the units that have them')
FROM large_unit;
SELECT is(sum(n)::bigint, 43716::bigint, 'age_gap_by_unit: no child is lost')
FROM large_unit;
SELECT is_empty(
    $$SELECT o.unit_id
      FROM "Other one".unit_gap AS o
      JOIN (SELECT unit_id, bool_and(pooled) AS pooled FROM large_unit
            GROUP BY unit_id) AS u USING (unit_id)
      WHERE o.pooled <> u.pooled$$,
    'unit_gap: at the same ages');

-- the groups that views compare
SELECT results_eq(
    $$SELECT g.grouping, g.group_value, g.is_mirror
      FROM warehouse.child_groups('boy', 14, 'home', false, 'alternating', 'foreign', 3) AS g$$,
    $$VALUES ('sex', 'boy', true), ('age', '10-14', false), ('age over 9', 'yes', false),
             ('exposure', 'home', false), ('diagnosis', 'no', true),
             ('residence', 'alternating', false), ('background', 'foreign', true),
             ('size class', '3', false)$$,
    'child_groups: one row a grouping');
SELECT is_empty(
    $$SELECT * FROM warehouse.child_groups(NULL, NULL, NULL, NULL, 'unknown', 'unknown', NULL)$$,
    'child_groups: none of what is not known');

SELECT is((SELECT count(*) FROM pg_class AS c
           WHERE c.relnamespace = pg_my_temp_schema()
             AND c.relname LIKE 'demo\_%'), 0::bigint,
          'no temporary table is left');

SELECT * FROM finish();
ROLLBACK;
