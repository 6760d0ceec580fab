-- fill.sql - what is dear to ask; it says nothing itself
\set ON_ERROR_STOP on
CREATE EXTENSION nuso;
-- not compressed: decompressing 14 MB, which the server does in one go, takes
-- longer than a statement may be late
CREATE TABLE summary (name text, p nuso.patterns);
ALTER TABLE summary ALTER p SET STORAGE external;
INSERT INTO summary
SELECT 'study', nuso.patterns_agg(nuso.random_bits(1, 1, i) & nuso.random_bits(1, 2, i % 977) & (2 ^ 24)::bigint - 1) AS p
FROM generate_series(1, 40000) AS i
UNION ALL
SELECT 'wide', nuso.patterns_agg(nuso.random_bits(1, 3, i) & 9223372036854775807,
                                 nuso.random_bits(1, 4, i) | nuso.random_bits(1, 5, i))
FROM generate_series(1, 5000) AS i
WHERE nuso.random_bits(1, 4, i) >= 0 AND nuso.random_bits(1, 5, i) >= 0
UNION ALL
SELECT 'many', nuso.patterns_agg(nuso.random_bits(1, 6, i) & (2 ^ 40)::bigint - 1)
FROM generate_series(1, 600000) AS i
UNION ALL
SELECT 'few', nuso.patterns_agg(nuso.random_bits(1, 7, i) & 127, 127, i % 9 + 1)
FROM generate_series(1, 300) AS i;
CREATE TABLE model AS
SELECT nuso.lca_fit(p, 4, 24, starts => 1, finish => 1, tolerance => 0.1, standard_errors => false) AS model
FROM summary WHERE name = 'study';
-- 183 coefficients, each child with covariates of its own
CREATE TABLE member AS
SELECT nuso.membership_agg(nuso.lca_classify((SELECT model FROM model), child.present), child.x) AS m
FROM (SELECT nuso.random_bits(1, 1, i) & nuso.random_bits(1, 2, i % 977) & (2 ^ 24)::bigint - 1 AS present,
             array_agg(nuso.random_uniform(1, 100 + j, i)) AS x
      FROM generate_series(1, 5000) AS i, generate_series(1, 60) AS j
      GROUP BY i) AS child;
-- no two of these profiles are those of one child, so all pairs are tried
INSERT INTO nuso.profile_scheme (scheme, version, status, label_sv, label_en, source_note)
VALUES ('many', 1, 'active', 'många', 'many', 'Invented for this test.');
INSERT INTO nuso.profile (scheme, version, profile, priority, label_sv, label_en)
SELECT 'many', 1, i, i, i, i FROM generate_series(1, 2000) AS i;
INSERT INTO nuso.profile_rule (scheme, version, profile, rule, any_of, all_of, none_of, at_least, at_least_of)
SELECT 'many', 1, i, 1, 0, i, 2047 - i, 0, 0 FROM generate_series(1, 2000) AS i;
