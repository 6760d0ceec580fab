-- profiles: schemes of rules over a mask of factors
SET search_path = nuso, public;
\set SHOW_CONTEXT never

INSERT INTO factor (factor, bit, kind, domain, area, exposure, label_sv, label_en) VALUES
    ('x_violence', 50, 'risk', 'M', 9, 'home', 'våld', 'violence'),
    ('x_misuse', 51, 'risk', 'F', 5, 'home', 'missbruk', 'misuse'),
    ('x_truancy', 52, 'risk', 'B', 2, 'own', 'skolk', 'truancy'),
    ('x_support', 53, 'protect', 'F', 7, NULL, 'stöd', 'support');
INSERT INTO profile_scheme (scheme, version, status, label_sv, label_en, source_note)
    VALUES ('test', 1, 'active', 'prov', 'test', 'for this test');
INSERT INTO profile (scheme, version, profile, priority, label_sv, label_en) VALUES
    ('test', 1, 'several', 1, 'flera', 'several'),
    ('test', 1, 'supported', 2, 'med stöd', 'supported'),
    ('test', 1, 'alone', 3, 'utan stöd', 'alone'),
    ('test', 1, 'without_rules', 4, 'utan regler', 'without rules');
INSERT INTO profile_rule (scheme, version, profile, rule, all_of, any_of, none_of, at_least, at_least_of) VALUES
    ('test', 1, 'several', 1, 0, 0, 0, 2, factor_mask('x_violence', 'x_misuse', 'x_truancy')),
    ('test', 1, 'several', 2, 0, 0, factor_mask('x_support'), 0, 0),
    ('test', 1, 'supported', 1, factor_mask('x_support'), factor_mask('x_violence', 'x_misuse'), 0, 0, 0),
    ('test', 1, 'alone', 1, 0, factor_mask('x_violence', 'x_misuse', 'x_truancy'), factor_mask('x_support'), 0, 0);

-- priority decides, all rules of a profile must match
CREATE TEMP TABLE child (id integer, present bigint);
INSERT INTO child VALUES (1, factor_mask('x_violence', 'x_misuse')),
    (2, factor_mask('x_violence', 'x_misuse', 'x_support')), (3, factor_mask('x_truancy')),
    (4, factor_mask('x_truancy', 'x_support')), (5, 0), (6, NULL);
SELECT id, factor_names(present), classify('test', present) FROM child ORDER BY id;

-- what was not observed counts neither as present nor as absent
SELECT classify('test', factor_mask('x_violence'), factor_mask('x_violence', 'x_support')) AS seen,
    classify('test', factor_mask('x_violence'), factor_mask('x_violence')) AS support_not_seen,
    classify('test', factor_mask('x_violence', 'x_support'), factor_mask('x_support')) AS risk_not_seen;

-- why
SELECT * FROM explain_profile('test', factor_mask('x_violence', 'x_misuse', 'x_support'));
SELECT * FROM explain_profile('test', factor_mask('x_violence'), factor_mask('x_violence'));

-- a change is seen by the next statement, and gone when it is rolled back
BEGIN;
UPDATE profile SET priority = 0 WHERE scheme = 'test' AND profile = 'alone';
SELECT id, classify('test', present) FROM child ORDER BY id;
ROLLBACK;
SELECT id, classify('test', present) FROM child ORDER BY id;
DO $$
DECLARE
    before text := nuso.classify('test', 1::bigint << 52);
BEGIN
    DELETE FROM nuso.profile_rule WHERE scheme = 'test' AND profile = 'alone';
    RAISE NOTICE '% then %', before, nuso.classify('test', 1::bigint << 52);
END $$;

-- versions: a name is its highest active version, name@version that one
INSERT INTO profile_scheme (scheme, version, label_sv, label_en, source_note)
    VALUES ('test', 2, 'prov', 'test', 'for this test');
INSERT INTO profile (scheme, version, profile, priority, label_sv, label_en)
    VALUES ('test', 2, 'any', 1, 'något', 'any');
INSERT INTO profile_rule (scheme, version, profile, rule, any_of)
    VALUES ('test', 2, 'any', 1, factor_mask('x_violence', 'x_misuse', 'x_truancy'));
SELECT classify('test', present) AS draft_is_not_used, classify('test@2', present) AS asked_for
FROM child WHERE id = 2;
UPDATE profile_scheme SET status = 'active' WHERE scheme = 'test' AND version = 2;
SELECT classify('test', present) AS now_active, classify('test@1', present) AS the_old_one
FROM child WHERE id = 2;
-- one call, several names: in a column, and in a variable, where PL/pgSQL keeps
-- what belongs to the call
SELECT name, classify(name, present)
FROM child, (VALUES ('test@1'), ('test@2'), ('test@1')) AS v (name) WHERE id = 2;
-- a name that cannot be resolved leaves what is known of the others as it was
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['test@1', 'test@9', 'test@9', 'test@2', 'test@1'] LOOP
        BEGIN
            RAISE NOTICE '%: %', name, nuso.classify(name, nuso.factor_mask('x_violence', 'x_misuse'));
        EXCEPTION WHEN undefined_object THEN
            RAISE NOTICE '%: no such version', name;
        END;
    END LOOP;
END $$;
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['test@1', 'test@2', 'test@1'] LOOP
        RAISE NOTICE '%: %', name,
            nuso.classify(name, nuso.factor_mask('x_violence', 'x_misuse'));
    END LOOP;
END $$;

-- rules belong to profiles and profiles to schemes: renamed and deleted with them
BEGIN;
UPDATE profile_scheme SET scheme = 'renamed' WHERE scheme = 'test' AND version = 1;
UPDATE profile SET profile = 'two' WHERE scheme = 'renamed' AND profile = 'several';
SELECT id, classify('renamed@1', present) FROM child ORDER BY id;
DELETE FROM profile WHERE scheme = 'renamed' AND profile = 'two';
SELECT profile, count(*) FROM profile_rule WHERE scheme = 'renamed' GROUP BY 1 ORDER BY 1;
DELETE FROM profile_scheme WHERE scheme = 'renamed';
SELECT count(*) FROM profile_rule WHERE scheme = 'renamed';
TRUNCATE profile;
SELECT count(*) FROM profile_rule;
SELECT classify('test@2', 1);
ROLLBACK;

-- parallel workers see the same rules
CREATE TABLE many AS SELECT (i % 16)::bigint << 50 AS present FROM generate_series(1, 20000) AS i;
SET max_parallel_workers_per_gather = 2;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SELECT classify('test@1', present), count(*) FROM many GROUP BY 1 ORDER BY 1;
SET max_parallel_workers_per_gather = 0;
SELECT classify('test@1', present), count(*) FROM many GROUP BY 1 ORDER BY 1;

\set VERBOSITY sqlstate
SELECT classify('nobody', 1);
SELECT classify('test@3', 1);
SELECT classify('test', -1);
SELECT factor_mask('x_violence', 'x_unknown');
SELECT * FROM explain_profile('nobody', 1);
INSERT INTO profile_rule (scheme, version, profile, rule) VALUES ('test', 1, 'alone', 9);
INSERT INTO profile (scheme, version, profile, priority, label_sv, label_en)
    VALUES ('test', 3, 'alone', 1, '-', '-');
INSERT INTO profile_rule (scheme, version, profile, rule, all_of) VALUES ('test', 2, 'alone', 1, 1);
UPDATE profile_rule SET profile = 'nobody' WHERE scheme = 'test' AND profile = 'several';

DROP TABLE many;
DELETE FROM profile_scheme WHERE scheme = 'test';
DELETE FROM factor WHERE factor LIKE 'x\_%';
