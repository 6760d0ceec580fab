-- Random numbers and random orders that are functions of their arguments: the
-- same on every server version, in every plan, on every worker.  They make
-- the demonstration data; they are not for secrets.

CREATE FUNCTION nuso.random_bits(seed bigint, stream integer, i bigint)
RETURNS bigint
AS 'MODULE_PATHNAME', 'nuso_random_bits'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nuso.random_bits(bigint, integer, bigint) IS
'64 random bits that belong to place i of a stream of a seed. NULL if an argument is NULL. Counter-based: SplitMix64 mixing (Steele, Lea and Flood 2014) of key and counter; not cryptographic.';

CREATE FUNCTION nuso.random_uniform(seed bigint, stream integer, i bigint)
RETURNS double precision
AS 'MODULE_PATHNAME', 'nuso_random_uniform'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nuso.random_uniform(bigint, integer, bigint) IS
'Random number from 0 (included) to 1 (not included) that belongs to place i of a stream of a seed; a multiple of 2^-53. NULL if an argument is NULL.';

CREATE FUNCTION nuso.random_below(seed bigint, stream integer, i bigint,
                                  n bigint)
RETURNS bigint
AS 'MODULE_PATHNAME', 'nuso_random_below'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nuso.random_below(bigint, integer, bigint, bigint) IS
'Random whole number from 0 to n - 1 that belongs to place i of a stream of a seed. Error (22023) if n is below 1; NULL if an argument is NULL.';

CREATE FUNCTION nuso.random_rank(seed bigint, stream integer, n bigint,
                                 i bigint)
RETURNS bigint
AS 'MODULE_PATHNAME', 'nuso_random_rank'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nuso.random_rank(bigint, integer, bigint, bigint) IS
'Where place i of 0 to n - 1 stands in the random order of a stream of a seed: a permutation, so random_rank(...) < k is true for exactly k places, without a sort. Error (22023) if n is below 1 or i outside 0 to n - 1; NULL if an argument is NULL. Feistel network with cycle walking (Black and Rogaway 2002).';
