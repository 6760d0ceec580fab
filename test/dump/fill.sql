-- fill.sql - what users keep in a database: rules of their own, also in the
-- scheme that comes with the extension, summaries, a warehouse, views.
\set ON_ERROR_STOP on
SET client_min_messages = warning;
CREATE EXTENSION nuso;

INSERT INTO nuso.factor (factor, bit, kind, domain, area, label_sv, label_en)
VALUES ('x_debt', 61, 'risk', 'M', 10, 'Skulder "å"', 'Debt'),
       ('x_school', 62, 'protect', 'B', 2, 'Skola', 'School');
INSERT INTO nuso.profile_scheme (scheme, version, status, label_sv, label_en, source_note)
VALUES ('house', 1, 'retired', 'Vår', 'Ours', 'first'),
       ('house', 2, 'active', 'Vår', 'Ours', 'second'),
       ('demo', 99, 'draft', 'Prov', 'Trial', 'a version of our own');
INSERT INTO nuso.profile (scheme, version, profile, priority, label_sv, label_en)
SELECT scheme, version, 'p' || p, p, 'P' || p, 'P' || p
FROM nuso.profile_scheme, generate_series(901, 903) AS p
WHERE NOT built_in OR scheme = 'demo';
INSERT INTO nuso.profile_rule (scheme, version, profile, rule, all_of, any_of, none_of, at_least, at_least_of)
SELECT scheme, version, profile, r, 1::bigint << (60 + r), 7::bigint << (version % 3), 1024, r, 8191
FROM nuso.profile, generate_series(1, 2) AS r
WHERE NOT built_in;
-- a rule more for a profile that comes with the extension
INSERT INTO nuso.profile_rule (scheme, version, profile, rule, none_of)
SELECT scheme, version, min(profile), 99, nuso.factor_mask('x_debt')
FROM nuso.profile WHERE built_in GROUP BY scheme, version;

-- prototypes and a model, registered: nothing may be added to them, but a
-- restore must bring them back
INSERT INTO nuso.profile_scheme (scheme, version, method, max_distance, label_sv, label_en, source_note)
VALUES ('near', 1, 'prototypes', 0.45, 'Nära', 'Near', 'prototypes');
INSERT INTO nuso.profile (scheme, version, profile, priority, label_sv, label_en)
SELECT 'near', 1, 'n' || p, p, 'N' || p, 'N' || p FROM generate_series(1, 5) AS p;
INSERT INTO nuso.profile_prototype (scheme, version, profile, present, counted)
SELECT 'near', 1, profile, (priority * 1234567) & 8191, 8191
FROM nuso.profile WHERE scheme = 'near';
SELECT * FROM nuso.register_scheme('near@1');
SELECT nuso.register_model('classes', nuso.lca_fit(nuso.patterns_agg((i * 7919) % 8191), 3, 13, starts => 3), 0.6)
FROM generate_series(1::bigint, 500) AS i;

CREATE TABLE summary AS
SELECT i AS id,
    nuso.proportion_agg(j % 3 = 0) AS p,
    nuso.paired_agg(j % 2 = 0, j % 5 = 0) AS pp,
    nuso.age_curve_agg(j % 23, j % 2 = 0, j % 3 = 0, j % 7 = 0) AS c,
    nuso.distribution_agg(j % 10 / 4.0) AS d,
    nuso.moments_agg(j / 7.0) AS m
FROM generate_series(0, 50) AS i, generate_series(1, i * 7) AS j
GROUP BY i
UNION ALL
SELECT -1, nuso.make_proportion(9223372036854775807, 9007199254740993), NULL, NULL, NULL,
    nuso.make_moments(9223372036854775807, -1e308, 1e-300);
CREATE VIEW share AS SELECT id, (nuso.confint(p)).*, nuso.n(c) FROM summary;
CREATE VIEW total AS SELECT nuso.rollup(p) AS p, nuso.rollup(pp) AS pp, nuso.rollup(c) AS c,
    nuso.rollup(d) AS d, nuso.rollup(m) AS m
FROM summary WHERE id >= 0;

-- patterns and a model of latent classes
CREATE TABLE latent AS
SELECT k AS classes, p, nuso.lca_fit(p, k, 5, starts => 3) AS m
FROM (SELECT nuso.patterns_agg((i * 7919 % 131) & (i % 32), 31 - i % 2) AS p FROM generate_series(1, 400) AS i) AS s,
    generate_series(1, 2) AS k;
CREATE VIEW latent_class AS SELECT classes, c.* FROM latent, nuso.lca_classes(m) AS c;

SELECT nuso.create_warehouse('warehouse');

-- filled again by the restore, which must have the rules by then
CREATE TABLE child AS SELECT i AS id, ((i * 7919) % 8191)::bigint | (i % 2)::bigint << 61 | (i % 3 % 2)::bigint << 62 AS present
FROM generate_series(1, 2000) AS i;
CREATE MATERIALIZED VIEW classified AS
SELECT id, nuso.classify('demo', present) AS demo, nuso.classify('house', present) AS house,
    nuso.classify('demo@99', present) AS draft, nuso.classify('near', present) AS near,
    nuso.classify('classes', present & 8191) AS class
FROM child;
