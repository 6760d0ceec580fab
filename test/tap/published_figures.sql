-- published_figures.sql - every published figure, recomputed by plain SQL.
--
-- Reads the warehouse that load_demo filled at scale 1. Nothing of nuso takes
-- part but classify, because a profile is whatever it says. Percentages are
-- rounded as they were printed. Figures that the sources leave ambiguous are
-- not tested; for some only a direction is published.
\set QUIET 1
SET client_min_messages = warning;
BEGIN;
SET LOCAL search_path = warehouse, public;

-- events in a hundred, rounded half up as on a printed slide
CREATE FUNCTION pg_temp.percent(events bigint, n bigint) RETURNS integer
LANGUAGE sql RETURN round(100.0 * events / n)::integer;

CREATE TEMPORARY VIEW child AS
SELECT i.*, u.size_class,
       info_ped OR info_med OR info_psysoc OR info_psy AS info_any
FROM investigation AS i JOIN unit AS u USING (unit_id);

-- does the first group have the fact more often than the second?
CREATE FUNCTION pg_temp.more_often(fact text, first text, second text)
RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    result boolean;
BEGIN
    EXECUTE format('SELECT avg((%1$s)::integer) FILTER (WHERE %2$s)
                         > avg((%1$s)::integer) FILTER (WHERE %3$s) FROM child',
                   fact, first, second) INTO result;
    RETURN result;
END
$$;

SELECT plan(99);

-- row 1: size
SELECT is(count(*), 21858::bigint, '21 858 investigations') FROM investigation;
SELECT is(count(DISTINCT unit_id), 134::bigint, 'of 134 units')
FROM investigation;
SELECT is(count(*), 134::bigint, '134 units in the register') FROM unit;

-- row 2: routes, several of which may hold
SELECT is(pg_temp.percent(count(*) FILTER (WHERE via_ansokan), count(*)), 12,
          '12 % came by application') FROM child;
SELECT is(pg_temp.percent(count(*) FILTER (WHERE via_anmalan), count(*)), 86,
          '86 % came by report') FROM child;
SELECT is(pg_temp.percent(count(*) FILTER (WHERE via_annat), count(*)), 4,
          '4 % came otherwise') FROM child;
SELECT ok(bool_and(via_ansokan OR via_anmalan OR via_annat),
          'every investigation came somehow') FROM child;

-- row 3: direction
SELECT is(pg_temp.percent(count(*) FILTER (WHERE earlier_investigation),
                          count(*)), 50,
          'about half were investigated before') FROM child;
SELECT is(pg_temp.percent(count(*) FILTER (WHERE earlier_intervention),
                          count(*)), 20,
          'one in five had an intervention before') FROM child;

-- row 4: size classes
SELECT is(pg_temp.percent(count(*) FILTER (WHERE c.size_class = p.size_class),
                          count(*)), p.percent,
          p.percent || ' % in size class ' || p.size_class)
FROM child AS c,
     (VALUES (1, 42), (2, 28), (3, 16), (4, 14)) AS p (size_class, percent)
GROUP BY p.size_class, p.percent ORDER BY p.size_class;

-- rows 5 to 7: exposure, need, support
SELECT is(pg_temp.percent(count(*) FILTER (WHERE c.exposure = p.exposure),
                          count(*)), p.percent,
          p.percent || ' % have exposure ' || p.exposure)
FROM child AS c,
     (VALUES (1, 'none', 11), (2, 'home', 61), (3, 'own', 13),
             (4, 'both', 15)) AS p (position, exposure, percent)
GROUP BY p.position, p.exposure, p.percent ORDER BY p.position;

SELECT is(pg_temp.percent(count(*) FILTER (WHERE need), count(*)), p.percent,
          'need assessed for ' || p.percent || ' % with exposure '
          || p.exposure)
FROM child AS c
JOIN (VALUES (1, 'none', 14), (2, 'home', 51), (3, 'own', 58),
             (4, 'both', 75)) AS p (position, exposure, percent)
    ON c.exposure = p.exposure
GROUP BY p.position, p.exposure, p.percent ORDER BY p.position;
SELECT is(pg_temp.percent(count(*) FILTER (WHERE need), count(*)), 52,
          'need assessed for 52 % of all') FROM child;

SELECT is(pg_temp.percent(count(*) FILTER (WHERE granted), count(*)),
          p.percent,
          'support granted to ' || p.percent || ' % with exposure '
          || p.exposure)
FROM child AS c
JOIN (VALUES (1, 'none', 13), (2, 'home', 32), (3, 'own', 46),
             (4, 'both', 56)) AS p (position, exposure, percent)
    ON c.exposure = p.exposure
GROUP BY p.position, p.exposure, p.percent ORDER BY p.position;
SELECT is(pg_temp.percent(count(*) FILTER (WHERE granted), count(*)), 36,
          'support granted to 36 % of all') FROM child;

SELECT results_eq(
    $$SELECT exposure, count(*), count(*) FILTER (WHERE need),
             count(*) FILTER (WHERE granted)
      FROM child GROUP BY exposure
      ORDER BY array_position(ARRAY['none', 'home', 'own', 'both'], exposure)$$,
    $$VALUES ('none', 2317::bigint, 334::bigint, 310::bigint),
             ('home', 13246, 6808, 4292),
             ('own', 2929, 1711, 1359),
             ('both', 3366, 2538, 1898)$$,
    'the whole-number solution behind the percentages');

-- row 8: support by route
SELECT is(pg_temp.percent(count(*) FILTER (WHERE granted), count(*)), 32,
          'support granted to 32 % of those reported')
FROM child WHERE via_anmalan;
SELECT is(pg_temp.percent(count(*) FILTER (WHERE granted), count(*)), 61,
          'support granted to 61 % of those who applied')
FROM child WHERE via_ansokan;

-- row 10: about twice as common for applications
SELECT ok(avg(info_psysoc::integer) FILTER (WHERE via_ansokan)
          / avg(info_psysoc::integer) FILTER (WHERE via_anmalan)
              BETWEEN 1.7 AND 2.3,
          'psychosocial information about twice as common for applications')
FROM child;
SELECT ok(avg(info_psy::integer) FILTER (WHERE via_ansokan)
          / avg(info_psy::integer) FILTER (WHERE via_anmalan)
              BETWEEN 1.7 AND 2.3,
          'psychological information about twice as common for applications')
FROM child;

-- rows 11 and 12: directions of information
SELECT ok(pg_temp.more_often('info_any',
              format('factors & %s <> 0', 1::bigint << bit),
              format('factors & %s = 0', 1::bigint << bit)),
          'information more often: ' || label_en)
FROM nuso.factor WHERE factor = 'violence_to_child';
SELECT ok(pg_temp.more_often('info_any', 'exposure_own', 'NOT exposure_own'),
          'information more often: own behaviour');
SELECT ok(pg_temp.more_often('info_any', 'exposure = ''both''',
                             'exposure <> ''both'''),
          'information more often: several exposures');
SELECT ok(pg_temp.more_often('info_any',
              format('factors & %s = 0', 1::bigint << bit),
              format('factors & %s <> 0', 1::bigint << bit)),
          'information less often: ' || label_en)
FROM nuso.factor
WHERE factor IN ('parental_substance', 'parental_conflict',
                 'witnessed_violence')
ORDER BY bit;

-- row 13: directions of support
SELECT ok(pg_temp.more_often('granted', first, second),
          'support more often: ' || what)
FROM (VALUES
    (1, 'girls', $$sex = 'girl'$$, $$sex = 'boy'$$),
    (2, 'over nine years', 'age > 9', 'age <= 9'),
    (3, 'with a diagnosis', 'diagnosis', 'NOT diagnosis'),
    (4, 'alternating residence', $$residence = 'alternating'$$,
     $$residence = 'both_parents'$$),
    (5, 'one parent', $$residence = 'single_parent'$$,
     $$residence = 'both_parents'$$),
    (6, 'Swedish background', $$background = 'swedish'$$,
     $$background = 'foreign'$$),
    (7, 'at most 20 000 inhabitants', 'size_class = 4', 'size_class < 4')
) AS d (position, what, first, second) ORDER BY position;

-- rows 14 and 15: own crime
SELECT is(count(*), 1311::bigint, '1 311 investigations with own crime')
FROM child WHERE own_crime;
SELECT is(pg_temp.percent(count(*) FILTER (WHERE own_crime), count(*)), 6,
          '6 % with own crime') FROM child;
SELECT is(pg_temp.percent(count(*) FILTER (WHERE sex = 'boy'), count(*)), 76,
          'own crime: 76 % boys') FROM child WHERE own_crime;
SELECT is(pg_temp.percent(count(*) FILTER (WHERE sex = 'girl'), count(*)), 24,
          'own crime: 24 % girls') FROM child WHERE own_crime;
SELECT is(pg_temp.percent(count(*) FILTER (WHERE background = 'foreign'),
                          count(*)), 39,
          'own crime: 39 % foreign background') FROM child WHERE own_crime;
SELECT is(pg_temp.percent(count(*) FILTER (WHERE diagnosis), count(*)), 32,
          'own crime: 32 % of the boys have a diagnosis')
FROM child WHERE own_crime AND sex = 'boy';
SELECT is(pg_temp.percent(count(*) FILTER (WHERE diagnosis), count(*)), 28,
          'own crime: 28 % of the girls have a diagnosis')
FROM child WHERE own_crime AND sex = 'girl';
SELECT is(pg_temp.percent(count(*) FILTER (WHERE exposure = 'own'), count(*)),
          68, 'own crime: 68 % of the boys exposed by own behaviour only')
FROM child WHERE own_crime AND sex = 'boy';
SELECT is(pg_temp.percent(count(*) FILTER (WHERE exposure = 'own'), count(*)),
          34, 'own crime: 34 % of the girls exposed by own behaviour only')
FROM child WHERE own_crime AND sex = 'girl';

-- row 17: interventions and handovers
SELECT is((SELECT count(*) FROM investigation_intervention AS i
           WHERE i.type = p.type), p.n::bigint,
          p.n || ' interventions of type ' || p.type)
FROM (VALUES ('follow_up', 311), ('contact_family', 286),
             ('contact_person', 436), ('qualified_contact_person', 78),
             ('family_treatment', 4879), ('other_outpatient', 1479),
             ('lvu_22', 27), ('lvu_6', 190), ('placement_sol', 474),
             ('lvu_care', 316)) AS p (type, n);
SELECT is(count(*), 8476::bigint, '8 476 interventions')
FROM investigation_intervention;
SELECT is(count(DISTINCT inv_id), 7859::bigint, 'for 7 859 children')
FROM investigation_intervention;
SELECT is_empty(
    'SELECT inv_id FROM child WHERE granted <> EXISTS (
         SELECT FROM investigation_intervention AS i
         WHERE i.inv_id = child.inv_id)',
    'granted says whether there is an intervention');
SELECT is((SELECT count(DISTINCT inv_id) FROM investigation_handover AS h
           WHERE h.type = p.type), p.n::bigint,
          p.n || ' handovers to ' || p.type)
FROM (VALUES ('services', 3843), ('private_network', 1485), ('school', 1438),
             ('health_care', 3598), ('voluntary', 308), ('other', 1812))
    AS p (type, n);
SELECT is((SELECT count(*) FROM investigation_handover AS h
           WHERE h.type = 'services' AND h.subtype = p.subtype), p.n::bigint,
          p.n || ' handovers to services of kind ' || p.subtype)
FROM (VALUES ('parent_talks', 2620), ('child_talks', 564),
             ('child_group', 447), ('parent_group', 759)) AS p (subtype, n);
SELECT is(count(DISTINCT (inv_id, type)), 12484::bigint, '12 484 handovers')
FROM investigation_handover;

-- row 18: participation
SELECT is(pg_temp.percent(count(*) FILTER (WHERE child_wish_known), count(*)),
          40, 'the child''s wishes are known in 40 %') FROM child;
SELECT ok(pg_temp.more_often('child_wish_known', 'age >= 6', 'age < 6'),
          'the child''s wishes are known more often from six years');
SELECT ok(pg_temp.more_often('n_talks_child > 0', 'age >= 6', 'age < 6'),
          'children take part in talks more often from six years');
SELECT ok(avg((n_talks_individual > 0)::integer) < 0.3,
          'individual talks are few') FROM child;

-- row 19: profiles of the demonstration scheme
SELECT is(count(*), 15::bigint, '15 profiles')
FROM nuso.profile WHERE scheme = 'demo' AND version = 1;
SELECT is(pg_temp.percent(count(*) FILTER (
              WHERE nuso.classify('demo', factors) = p.profile), count(*)),
          p.percent, p.percent || ' % have the profile ' || p.profile)
FROM child, (VALUES (1, 'multiple', 12), (2, 'supported', 22),
                    (3, 'resourceful', 7)) AS p (position, profile, percent)
GROUP BY p.position, p.profile, p.percent ORDER BY p.position;

-- row 20: referrals
SELECT is(count(*), 189000::bigint, '189 000 referrals') FROM referral;
SELECT is(count(DISTINCT unit_id), 91::bigint, 'of 91 units') FROM referral;
SELECT is(count(*), 116::bigint, '116 units take part in substudy 2')
FROM unit WHERE in_d2;

-- the shape of the age curves: published without numbers
CREATE TEMPORARY TABLE by_age AS
SELECT age,
       avg((exposure_home OR exposure_own)::integer) - avg(granted::integer)
           AS gap,
       avg((exposure = 'home')::integer) AS home,
       avg((exposure = 'own')::integer) AS own
FROM child GROUP BY age;
SELECT is(array_agg(age ORDER BY age), ARRAY(SELECT generate_series(0, 17)),
          'ages 0 to 17') FROM by_age;
SELECT ok(gap = (SELECT max(gap) FROM by_age),
          'the gap is largest for the youngest') FROM by_age WHERE age = 0;
SELECT ok(gap = (SELECT min(gap) FROM by_age),
          'the gap is smallest at 14') FROM by_age WHERE age = 14;
SELECT is_empty('SELECT a.age FROM by_age AS a JOIN by_age AS b
                     ON b.age = a.age + 1 AND b.age <= 14 AND b.gap > a.gap',
                'the gap does not grow up to 14');
SELECT is_empty('SELECT a.age FROM by_age AS a JOIN by_age AS b
                     ON b.age = a.age + 1 AND a.age >= 14 AND b.gap < a.gap',
                'the gap does not shrink after 14');
SELECT is(round(100 * home)::integer, 83, 'exposed at home at 0: 83 %')
FROM by_age WHERE age = 0;
SELECT is(round(100 * home)::integer, 25, 'exposed at home at 17: 25 %')
FROM by_age WHERE age = 17;
SELECT is(round(100 * own, 1), 0.4, 'exposed by own behaviour at 0: 0.4 %')
FROM by_age WHERE age = 0;
SELECT is(round(100 * own)::integer, 41,
          'exposed by own behaviour at 17: 41 %')
FROM by_age WHERE age = 17;

-- factors and facts tell the same
SELECT is_empty(
    $$SELECT inv_id FROM child,
          (SELECT bit_or(1::bigint << bit) FILTER (WHERE exposure = 'home')
                      AS home,
                  bit_or(1::bigint << bit) FILTER (WHERE exposure = 'own')
                      AS own,
                  bit_or(1::bigint << bit) FILTER (WHERE factor = 'own_crime')
                      AS crime
           FROM nuso.factor WHERE built_in) AS m
      WHERE (factors & m.home <> 0) <> exposure_home
         OR (factors & m.own <> 0) <> exposure_own
         OR (factors & m.crime <> 0) <> own_crime$$,
    'the factors of a child agree with its exposure and own crime');

SELECT * FROM finish();
ROLLBACK;
