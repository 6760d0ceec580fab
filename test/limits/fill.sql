-- fill.sql - patterns that are dear to fit; what is called says nothing
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
SELECT name, nuso.lca_fit(p, 4, 24, starts => 1, finish => 1, max_iterations => 20, standard_errors => false) AS model
FROM summary WHERE name = 'study';
