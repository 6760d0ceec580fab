-- schemes of three kinds: checked, registered, and from then on the same
SET search_path = nuso, public;
\set SHOW_CONTEXT never
\set ON_ERROR_ROLLBACK on
-- what is registered cannot be deleted: all of this is rolled back
BEGIN;

INSERT INTO factor (factor, bit, kind, domain, area, exposure, label_sv, label_en) VALUES
    ('x_violence', 50, 'risk', 'M', 9, 'home', 'våld', 'violence'),
    ('x_misuse', 51, 'risk', 'F', 5, 'home', 'missbruk', 'misuse'),
    ('x_truancy', 52, 'risk', 'B', 2, 'own', 'skolk', 'truancy'),
    ('x_support', 53, 'protect', 'F', 7, NULL, 'stöd', 'support');

-- prototypes: the nearest, by the factors that count and were observed
INSERT INTO profile_scheme (scheme, version, method, max_distance, label_sv, label_en, source_note)
    VALUES ('near', 1, 'prototypes', 0.5, '-', '-', 'for this test');
INSERT INTO profile (scheme, version, profile, priority, label_sv, label_en) VALUES
    ('near', 1, 'risks', 1, '-', '-'), ('near', 1, 'support', 2, '-', '-'), ('near', 1, 'truant', 3, '-', '-');
INSERT INTO profile_prototype (scheme, version, profile, present, counted) VALUES
    ('near', 1, 'risks', factor_mask('x_violence', 'x_misuse'),
     factor_mask('x_violence', 'x_misuse', 'x_truancy', 'x_support')),
    ('near', 1, 'support', factor_mask('x_support'),
     factor_mask('x_violence', 'x_misuse', 'x_truancy', 'x_support')),
    ('near', 1, 'truant', factor_mask('x_truancy'), factor_mask('x_truancy'));
CREATE TEMP TABLE child (id integer, present bigint, observed bigint);
INSERT INTO child VALUES
    (1, factor_mask('x_violence', 'x_misuse'), 9223372036854775807),
    (2, factor_mask('x_violence', 'x_support'), 9223372036854775807),
    (3, factor_mask('x_violence', 'x_misuse', 'x_truancy'), 9223372036854775807),
    (4, factor_mask('x_violence'), factor_mask('x_violence')),
    (5, 0, factor_mask('x_violence', 'x_misuse')),
    (6, 0, 0),
    (7, NULL, 0);
SELECT id, classify('near@1', present, observed) FROM child ORDER BY id;
SELECT id, e.* FROM child, explain_profile('near@1', present, observed) AS e WHERE id IN (2, 5, 6) ORDER BY id, priority;
SELECT * FROM explain_factors('near@1', factor_mask('x_violence', 'x_support'));
SELECT profile, factor, is_present, supports, contribution
FROM explain_factors('near@1', 0, factor_mask('x_violence', 'x_misuse'), true);
-- a change is seen by the next statement
UPDATE profile_scheme SET max_distance = 0.2 WHERE scheme = 'near';
SELECT id, classify('near@1', present, observed) FROM child ORDER BY id;
UPDATE profile_prototype SET present = factor_mask('x_violence') WHERE scheme = 'near' AND profile = 'risks';
SELECT id, classify('near@1', present, observed) FROM child ORDER BY id;
UPDATE profile SET profile = 'sound' WHERE scheme = 'near' AND profile = 'support';
SELECT profile, factor_names(present) FROM profile_prototype WHERE scheme = 'near' ORDER BY 1;
UPDATE profile_scheme SET max_distance = NULL WHERE scheme = 'near';
SELECT * FROM check_scheme('near@1');
UPDATE profile_prototype SET present = factor_mask('x_support', 'x_violence') WHERE profile = 'risks';
INSERT INTO profile (scheme, version, profile, priority, label_sv, label_en) VALUES
    ('near', 1, 'same', 4, '-', '-'), ('near', 1, 'empty', 5, '-', '-'), ('near', 1, 'unknown', 6, '-', '-');
INSERT INTO profile_prototype (scheme, version, profile, present, counted) VALUES
    ('near', 1, 'same', factor_mask('x_truancy'), factor_mask('x_truancy')),
    ('near', 1, 'unknown', 0, (1::bigint << 60) | (1::bigint << 62));
SELECT profile, problem, blocks, other_profile, factor_names(present) AS present, detail FROM check_scheme('near@1');

-- rules that contradict themselves, hide each other, or overlap
INSERT INTO profile_scheme (scheme, version, label_sv, label_en, source_note) VALUES ('odd', 1, '-', '-', 'for this test');
SELECT problem, blocks, detail FROM check_scheme('odd@1');
INSERT INTO profile (scheme, version, profile, priority, label_sv, label_en)
SELECT 'odd', 1, name, ordinality, '-', '-'
FROM unnest(ARRAY['never', 'too_many', 'apart', 'any', 'hidden', 'other', 'unknown', 'bare']) WITH ORDINALITY AS n (name);
INSERT INTO profile_rule (scheme, version, profile, rule, all_of, any_of, none_of, at_least, at_least_of) VALUES
    ('odd', 1, 'never', 1, factor_mask('x_violence', 'x_misuse'), 0, factor_mask('x_violence'), 0, 0),
    ('odd', 1, 'too_many', 1, 0, 0, 0, 3, factor_mask('x_violence', 'x_misuse')),
    ('odd', 1, 'apart', 1, 0, factor_mask('x_violence', 'x_misuse'), 0, 0, 0),
    ('odd', 1, 'apart', 2, 0, 0, factor_mask('x_violence', 'x_misuse'), 0, 0),
    ('odd', 1, 'any', 1, 0, factor_mask('x_violence', 'x_misuse', 'x_truancy'), 0, 0, 0),
    ('odd', 1, 'hidden', 1, 0, 0, factor_mask('x_truancy'), 2, factor_mask('x_violence', 'x_misuse')),
    ('odd', 1, 'other', 1, factor_mask('x_support'), 0, factor_mask('x_misuse'), 0, 0),
    ('odd', 1, 'unknown', 1, 1::bigint << 60, 0, factor_mask('x_violence', 'x_misuse', 'x_truancy', 'x_support'), 0, 0);
SELECT profile, rule, problem, blocks, other_profile, other_rule, factor_names(present) AS present, detail
FROM check_scheme('odd@1');
SELECT * FROM register_scheme('odd@1');
DELETE FROM profile WHERE scheme = 'odd' AND profile IN ('never', 'too_many', 'apart', 'unknown', 'bare');
SELECT profile, problem, blocks, other_profile, detail FROM register_scheme('odd@1');
SELECT status, registered_at = now() AS registered_now FROM profile_scheme WHERE scheme = 'odd';

-- registered: what decides a profile stays
INSERT INTO profile (scheme, version, profile, priority, label_sv, label_en) VALUES ('odd', 1, 'more', 9, '-', '-');
UPDATE profile SET priority = 10 WHERE scheme = 'odd' AND profile = 'any';
UPDATE profile SET scheme = 'near', priority = 10 WHERE scheme = 'odd' AND profile = 'any';
DELETE FROM profile WHERE scheme = 'odd' AND profile = 'any';
INSERT INTO profile_rule (scheme, version, profile, rule, all_of) VALUES ('odd', 1, 'any', 2, 1);
UPDATE profile_rule SET all_of = 1 WHERE scheme = 'odd' AND profile = 'any';
DELETE FROM profile_rule WHERE scheme = 'odd';
INSERT INTO profile_prototype (scheme, version, profile, present, counted) VALUES ('odd', 1, 'any', 1, 1);
UPDATE profile_scheme SET method = 'prototypes' WHERE scheme = 'odd';
UPDATE profile_scheme SET version = 2 WHERE scheme = 'odd';
UPDATE profile_scheme SET registered_at = NULL WHERE scheme = 'odd';
DELETE FROM profile_scheme WHERE scheme = 'odd';
TRUNCATE profile_scheme;
TRUNCATE profile;
TRUNCATE profile_rule;
TRUNCATE profile_prototype;
SELECT * FROM register_scheme('odd@1');
-- its words and its status do not decide
UPDATE profile SET label_en = 'anything' WHERE scheme = 'odd' AND profile = 'any';
UPDATE profile_scheme SET status = 'retired', label_en = 'odd', source_note = 'no more' WHERE scheme = 'odd';
SELECT classify('odd', 1);
SELECT classify('odd@1', factor_mask('x_truancy'));

-- a copy of the demonstration's rules: the same answers under it for ever
INSERT INTO profile_scheme (scheme, version, label_sv, label_en, source_note) VALUES ('kept', 1, '-', '-', 'for this test');
INSERT INTO profile (scheme, version, profile, priority, label_sv, label_en)
SELECT 'kept', 1, profile, priority, label_sv, label_en FROM profile WHERE scheme = 'demo' AND built_in;
INSERT INTO profile_rule (scheme, version, profile, rule, all_of, any_of, none_of, at_least, at_least_of)
SELECT 'kept', 1, profile, rule, all_of, any_of, none_of, at_least, at_least_of
FROM profile_rule WHERE scheme = 'demo' AND built_in;
SELECT problem, count(*) FROM register_scheme('kept@1') GROUP BY 1 ORDER BY 1;
CREATE TEMP TABLE wave AS
SELECT i AS id, (i * 2654435761 * (1 + i % 977)) & ((1::bigint << 44) - 1) AS present,
    CASE WHEN i % 2 = 0 THEN 9223372036854775807 ELSE ~(i * 40503 % 1048576) & 9223372036854775807 END AS observed
FROM generate_series(1::bigint, 20000) AS i;
SELECT md5(string_agg(classify('kept', present, observed), ',' ORDER BY id)) AS digest FROM wave;
-- the definition, in SQL: a rule at a time
SELECT count(*) FILTER (WHERE classify('kept@1', present, observed) IS DISTINCT FROM coalesce(expected, 'unclassified')) AS differ,
    count(DISTINCT expected) AS profiles
FROM (SELECT w.*, (
          SELECT profile FROM profile AS p
          WHERE scheme = 'kept' AND (
              SELECT bool_and(all_of & ~known = 0 AND none_of & ~absent = 0
                  AND (any_of = 0 OR any_of & known <> 0)
                  AND length(replace((at_least_of & known)::bit(64)::text, '0', '')) >= at_least)
              FROM profile_rule AS r,
                  (VALUES (present & observed, observed & ~present)) AS v (known, absent)
              WHERE (r.scheme, r.version, r.profile) = (p.scheme, p.version, p.profile))
          ORDER BY priority LIMIT 1) AS expected
      FROM wave AS w) AS s;
INSERT INTO profile_scheme (scheme, version, status, label_sv, label_en, source_note)
    VALUES ('kept', 2, 'active', '-', '-', 'for this test');
INSERT INTO profile (scheme, version, profile, priority, label_sv, label_en) VALUES ('kept', 2, 'all', 1, '-', '-');
INSERT INTO profile_rule (scheme, version, profile, rule, at_least, at_least_of) VALUES ('kept', 2, 'all', 1, 1, 9223372036854775807);
UPDATE profile_scheme SET status = 'retired' WHERE scheme = 'kept' AND version = 1;
SELECT md5(string_agg(classify('kept@1', present, observed), ',' ORDER BY id)) AS digest,
    count(*) FILTER (WHERE classify('kept', present, observed) = 'all') AS new_version
FROM wave;

-- a model: the likeliest class
CREATE TEMP TABLE fitted AS
SELECT lca_fit(patterns_agg(CASE i % 4 WHEN 0 THEN i * 7919 % 8 WHEN 1 THEN i * 31 % 8 << 4
                            ELSE (i * 17 % 128) | 72 END), 3, 7, starts => 5, pseudo_count => 1) AS model
FROM generate_series(1::bigint, 4000) AS i;
SELECT register_model('classes', model) FROM fitted;
SELECT register_model('classes', model, 0.95, 'tre', 'three', 'for this test', ARRAY['large', 'middle', 'small']) FROM fitted;
SELECT scheme, version, status, method, threshold, label_sv, label_en, source_note, model IS NOT NULL AS has_model
FROM profile_scheme WHERE scheme = 'classes' ORDER BY version;
SELECT profile, priority, class, label_sv, label_en FROM profile WHERE scheme = 'classes' ORDER BY version, class;
-- the same as the model itself says
SELECT count(*) FILTER (WHERE classify('classes@1', p, o) IS DISTINCT FROM coalesce('class_' || lca_classify(model, p, o, 0.5), 'unclassified')) AS differ,
    count(*) FILTER (WHERE classify('classes', p, o) IS DISTINCT FROM coalesce((ARRAY['large', 'middle', 'small'])[lca_classify(model, p, o, 0.95)], 'unclassified')) AS differ_named
FROM fitted, (SELECT id % 128 AS p, id / 128 | 1 AS o FROM wave) AS v;
SELECT classify('classes', id % 128, id / 128), count(*) FROM wave GROUP BY 1 ORDER BY 1;
SELECT md5(string_agg(classify('classes@2', id % 128, id / 128), ',' ORDER BY id)) AS digest FROM wave;
SELECT profile, matches, is_result, supporting, missing, contradicting, round(posterior::numeric, 6) AS posterior, distance
FROM explain_profile('classes@1', 5, 127);
SELECT profile, is_result, factor, is_present, supports, decisive, round(contribution::numeric, 6) AS contribution
FROM explain_factors('classes@1', 5, 15);
SELECT profile, count(*), count(*) FILTER (WHERE is_result) AS of_result FROM explain_factors('classes@1', 5, 15, true) GROUP BY 1 ORDER BY 1;
-- contributions against the definition
SELECT max(abs(contribution - (ln(here) - ln(elsewhere)))) < 1e-12 AS as_defined
FROM fitted, LATERAL (
    SELECT c.class, c.item, c.contribution, CASE WHEN c.present THEN a.probability ELSE 1 - a.probability END AS here,
        (SELECT sum(b.share * CASE WHEN c.present THEN b.probability ELSE 1 - b.probability END) / sum(b.share)
         FROM lca_classes(model) AS b WHERE b.item = c.item AND b.class <> c.class) AS elsewhere
    FROM lca_contributions(model, 5, 127) AS c JOIN lca_classes(model) AS a USING (class, item)) AS w;
-- a factor beyond the model's items does not count
SELECT count(*) FILTER (WHERE classify('classes', p, o) IS DISTINCT FROM classify('classes', p | (1::bigint << 40), o | (1::bigint << 40))) AS differ
FROM (SELECT i * 37 % 128, i * 11 % 128 FROM generate_series(1, 200) AS i) AS c (p, o);
SELECT (SELECT md5(string_agg(e::text, ';')) FROM explain_profile('classes', 5 | (1::bigint << 40)) AS e)
     = (SELECT md5(string_agg(e::text, ';')) FROM explain_profile('classes', 5) AS e) AS same_rows,
       (SELECT count(*) FROM explain_factors('classes', 5 | (1::bigint << 40))) = (SELECT count(*) FROM explain_factors('classes', 5)) AS same_factors;

-- where a probability is 0 or 1, a weight is beyond any number
SELECT register_model('certain', lca_fit(patterns_agg(m, 7, 50), 2, 3, starts => 5), names => ARRAY['without', 'with'])
FROM (VALUES (0::bigint), (0), (3), (4)) AS v (m);
SELECT m, o, e.profile, e.matches, e.is_result, e.supporting, e.contradicting, round(e.posterior::numeric, 6) AS posterior
FROM (VALUES (3::bigint, 7::bigint), (0, 1), (1, 3)) AS v (m, o), explain_profile('certain', m, o) AS e ORDER BY m DESC, o, e.priority;
SELECT factor, is_present, supports, decisive, contribution FROM explain_factors('certain', 3, 3);
UPDATE profile_scheme SET threshold = 0.1 WHERE scheme = 'classes';
UPDATE profile_scheme SET model = (SELECT lca_fit(patterns_agg(1::bigint), 1, 1)) WHERE scheme = 'classes';
UPDATE profile SET class = 4 WHERE scheme = 'classes' AND class = 3;
-- a draft may have what a registered one may not
INSERT INTO profile_scheme (scheme, version, method, model, label_sv, label_en, source_note)
SELECT 'draft', 1, 'model', model, '-', '-', 'for this test' FROM fitted;
INSERT INTO profile (scheme, version, profile, priority, class, label_sv, label_en)
    VALUES ('draft', 1, 'a', 1, 1, '-', '-'), ('draft', 1, 'b', 2, 9, '-', '-'), ('draft', 1, 'c', 3, NULL, '-', '-');
SELECT classify('draft@1', m), count(*) FROM generate_series(0::bigint, 127) AS m GROUP BY 1 ORDER BY 1;
SELECT profile, problem, blocks, detail FROM check_scheme('draft@1');
UPDATE profile_scheme SET model = (SELECT lca_fit(patterns_agg(0::bigint), 2, 3)) WHERE scheme = 'draft';
SELECT profile, problem, blocks, detail FROM check_scheme('draft@1') WHERE problem = 'not_fitted';
SELECT classify('draft@1', 1), classify('draft@1', 0, 0);

\set VERBOSITY sqlstate
SELECT classify('classes', -1);
SELECT register_model('classes', model, 1.5) FROM fitted;
SELECT register_model('classes', model, 'NaN') FROM fitted;
SELECT register_model('classes', NULL);
SELECT register_model('Classes', model) FROM fitted;
SELECT register_model('classes', lca_fit(patterns_agg(0::bigint), 2, 3));
SELECT register_model('classes', model, names => ARRAY['a', 'b']) FROM fitted;
SELECT register_model('classes', model, names => ARRAY['a', 'b', 'b']) FROM fitted;
SELECT register_model('classes', model, names => ARRAY['a', 'b', NULL]) FROM fitted;
SELECT register_model('classes', model, names => ARRAY['a', 'b', '']) FROM fitted;
SELECT * FROM check_scheme('nobody');
SELECT * FROM scheme_problems('nobody', 1, 0);
SELECT * FROM register_scheme('nobody@1');
SELECT * FROM lca_contributions((SELECT model FROM fitted), 128);
SELECT prototype_distance(1, 1, -1, 1);
INSERT INTO profile_prototype (scheme, version, profile, present, counted) VALUES ('near', 1, 'empty', 2, 1);
INSERT INTO profile_prototype (scheme, version, profile, present, counted) VALUES ('near', 1, 'nobody', 1, 1);
INSERT INTO profile_scheme (scheme, version, threshold, label_sv, label_en, source_note) VALUES ('x', 1, 0.5, '', '', '');
INSERT INTO profile_scheme (scheme, version, method, label_sv, label_en, source_note) VALUES ('x', 1, 'model', '', '', '');
ROLLBACK;
