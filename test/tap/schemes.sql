-- schemes.sql - what schemes of the three methods have in common, over many
-- children: an explanation agrees with the classification, and a witness of a
-- problem is one.
\set QUIET 1
SET client_min_messages = warning;
BEGIN;
SELECT plan(11);

INSERT INTO nuso.profile_scheme (scheme, version, status, method, max_distance, label_sv, label_en, source_note)
VALUES ('t_near', 1, 'active', 'prototypes', 0.4, '-', '-', '-');
INSERT INTO nuso.profile (scheme, version, profile, priority, label_sv, label_en)
SELECT 't_near', 1, 'p' || i, i, '-', '-' FROM generate_series(1, 6) AS i;
INSERT INTO nuso.profile_prototype (scheme, version, profile, present, counted)
SELECT 't_near', 1, 'p' || i, (i * 40503) & counted, counted
FROM generate_series(1::bigint, 6) AS i,
    LATERAL (SELECT CASE WHEN i < 4 THEN 4095 ELSE (i * 7919) & 65535 END) AS c (counted);
CREATE TEMP TABLE fitted AS
SELECT nuso.lca_fit(nuso.patterns_agg((i * i * 31 + i * 7) % 4096, 4095), 4, 16, starts => 3, pseudo_count => 1) AS model
FROM generate_series(1::bigint, 2000) AS i;
SELECT nuso.register_model('t_model', model, 0.4) AS version FROM fitted \gset

CREATE TEMP TABLE child AS
SELECT i AS id, (i * 2654435761) & 65535 AS present, CASE WHEN i % 3 = 0 THEN 65535 ELSE (i * 40503 * i) & 65535 END AS observed
FROM generate_series(0::bigint, 600) AS i;

-- 1 to 3
SELECT is_empty(format($$
    SELECT id FROM child, LATERAL (SELECT nuso.classify(%1$L, present, observed)) AS c (profile)
    WHERE profile <> 'unclassified'
      AND (SELECT array_agg(DISTINCT e.profile) FROM nuso.explain_profile(%1$L, present, observed) AS e
           WHERE e.is_result AND e.matches) IS DISTINCT FROM ARRAY[profile]
    $$, scheme), 'the profile that classify gives is the one result that is explained: ' || scheme)
FROM unnest(ARRAY['demo', 't_near', 't_model']) AS scheme;

-- 4, 5: nobody nearer, nobody likelier
SELECT is_empty($$
    SELECT id FROM child, nuso.explain_profile('t_near', present, observed) AS e
    GROUP BY id HAVING min(e.distance) FILTER (WHERE e.is_result) > min(e.distance)
    $$, 'no prototype is nearer than that of the result');
SELECT is_empty($$
    SELECT id FROM child, nuso.explain_profile('t_model', present, observed) AS e
    GROUP BY id HAVING max(e.posterior) FILTER (WHERE e.is_result) < max(e.posterior)
       OR abs(sum(e.posterior) - 1) > 1e-12
    $$, 'no class is likelier than that of the result, and all together are certain');

-- 6, 7: the numbers of factors
SELECT is_empty($$
    SELECT id, e.profile FROM child, nuso.explain_profile('t_near', present, observed) AS e
    WHERE e.distance IS DISTINCT FROM (
        SELECT count(*) FILTER (WHERE ((t.present # child.present) >> b) & 1 = 1)::double precision / nullif(count(*), 0)
        FROM nuso.profile_prototype AS t, generate_series(0, 62) AS b
        WHERE t.scheme = 't_near' AND t.profile = e.profile AND ((t.counted & observed) >> b) & 1 = 1)
    $$, 'a distance is the share of compared factors that differ');
SELECT is_empty($$
    SELECT id, f.profile FROM child, nuso.explain_factors('t_model', present, observed, true) AS f
    WHERE f.contribution IS NULL OR f.supports IS DISTINCT FROM f.contribution > 0 OR f.is_present IS NULL
    $$, 'every observed item weighs something for or against each class');
SELECT is_empty($$
    SELECT id FROM child
    WHERE (SELECT count(*) FROM fitted, nuso.lca_contributions(model, present, observed) AS c WHERE c.class = 2)
        <> length(replace((observed & 4095)::bit(64)::text, '0', ''))
    $$, 'each item that was observed has one weight a class');

-- witnesses
SELECT is_empty($$
    SELECT c.profile, c.other_profile
    FROM nuso.check_scheme('demo') AS c, LATERAL (
        SELECT e.profile, bool_and(e.matches) AS matches FROM nuso.explain_profile('demo', c.present) AS e GROUP BY 1) AS e
    WHERE c.problem = 'overlap' AND e.profile IN (c.profile, c.other_profile) AND NOT e.matches
    $$, 'a child who is shown for an overlap matches both');
SELECT is_empty($$
    SELECT 1 FROM nuso.check_scheme('demo') AS c WHERE c.blocks
    $$, 'the demonstration could be registered');
SELECT is((SELECT count(*) FROM nuso.check_scheme('t_model')), 0::bigint, 'a model that was registered has no problems');
SELECT * FROM finish();
ROLLBACK;
