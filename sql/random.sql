-- random numbers and orders that are functions of their arguments
SET search_path = nuso, public;
\set SHOW_CONTEXT never

-- fixed for ever
SELECT random_bits(1, 1, 0), random_bits(-1, -1, -1), random_bits(9223372036854775807, 7, 123456789);
SELECT random_uniform(1, 1, 0) AS uniform, random_below(1, 1, 0, 1000) AS below,
    random_rank(1, 1, 21858, 0) AS rank;

-- a permutation, so exactly k of n have a rank below k
SELECT count(DISTINCT random_rank(3, 4, 1000, i)) AS places, min(random_rank(3, 4, 1000, i)), max(random_rank(3, 4, 1000, i)),
    count(*) FILTER (WHERE random_rank(3, 4, 1000, i) < 123) AS below_123
FROM generate_series(0, 999) AS i;

-- the range
SELECT bool_and(random_uniform(1, 2, i) >= 0 AND random_uniform(1, 2, i) < 1) AS inside,
    min(random_below(1, 2, i, 7)), max(random_below(1, 2, i, 7))
FROM generate_series(-500, 500) AS i;
SELECT random_rank(1, 1, 1, 0) AS only_place, random_below(1, 1, 5, 1) AS only_number,
    random_rank(1, 1, 9223372036854775807, 9223372036854775806) AS largest;

-- NULL in, NULL out
SELECT random_bits(NULL, 1, 1), random_uniform(1, NULL, 1), random_below(1, 1, 1, NULL), random_rank(1, 1, 1, NULL);

-- errors
SELECT random_below(1, 1, 1, 0);
SELECT random_rank(1, 1, 0, 0);
SELECT random_rank(1, 1, 10, 10);
SELECT random_rank(1, 1, 10, -1);
