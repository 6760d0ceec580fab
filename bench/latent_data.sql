-- latent_data.sql - children of 15 latent classes with 24 yes-or-no factors
--
-- -v children=N.  The model is drawn, too; the study has the first 21,858 of
-- them, as many as that of the field.  Each child is a function of its number.
-- What patterns.sql and latent.sql ask.

SELECT bench.offered('patterns_agg(bigint)') AS collapses \gset
\if :collapses
\else
\quit
\endif

CREATE SCHEMA latent;
-- of each class and item, the probability; a class has a third of the factors
CREATE TABLE latent.class AS
SELECT k, array_agg((CASE WHEN nuso.random_uniform(15, 1, k * 24 + j) < 0.35
                          THEN 0.60 + 0.35 * nuso.random_uniform(15, 2, k * 24 + j)
                          ELSE 0.02 + 0.25 * nuso.random_uniform(15, 2, k * 24 + j) END * 2 ^ 31)::bigint ORDER BY j) AS chance
FROM generate_series(0, 14) AS k, generate_series(0, 23) AS j
GROUP BY k;

-- two items from one random number: 31 of its bits each
CREATE FUNCTION latent.bits(i bigint, j integer, chance bigint[]) RETURNS bigint
RETURN CASE WHEN (nuso.random_bits(15, 100 + j, i) & 2147483647) < chance[2 * j + 1] THEN bigint '1' << (2 * j) ELSE 0 END
     | CASE WHEN (nuso.random_bits(15, 100 + j, i) >> 31 & 2147483647) < chance[2 * j + 2] THEN bigint '1' << (2 * j + 1) ELSE 0 END;

-- classes of falling size: half of the children are in the first five
CREATE FUNCTION latent.children(n bigint) RETURNS TABLE (unit_id integer, present bigint) LANGUAGE sql AS $$
SELECT (i % 290 + 1)::integer,
       latent.bits(i, 0, chance) | latent.bits(i, 1, chance) | latent.bits(i, 2, chance)
     | latent.bits(i, 3, chance) | latent.bits(i, 4, chance) | latent.bits(i, 5, chance)
     | latent.bits(i, 6, chance) | latent.bits(i, 7, chance) | latent.bits(i, 8, chance)
     | latent.bits(i, 9, chance) | latent.bits(i, 10, chance) | latent.bits(i, 11, chance)
FROM generate_series(1, n) AS i
JOIN latent.class ON k = floor(15 * nuso.random_uniform(15, 3, i) ^ 1.7)
$$;
CREATE TABLE latent.child AS SELECT unit_id, present FROM latent.children(:children);
CREATE TABLE latent.study AS SELECT present FROM latent.children(21858);
VACUUM (FREEZE, ANALYZE) latent.child, latent.study;
CREATE TABLE latent.summary AS
SELECT 'study' AS name, nuso.patterns_agg(present) AS p FROM latent.study
UNION ALL SELECT 'all', nuso.patterns_agg(present) FROM latent.child;
