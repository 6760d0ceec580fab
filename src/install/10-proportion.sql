-- Proportions: n children, events of whom have the fact

--@summary proportion plain 32

COMMENT ON TYPE nuso.proportion IS
'Summary of a proportion: how many children, and how many of them have the fact. Text form: {"n": 20, "events": 5}.';

CREATE FUNCTION nuso.proportion_accum(nuso.proportion, event boolean) RETURNS nuso.proportion
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_proportion_accum';
COMMENT ON FUNCTION nuso.proportion_accum(nuso.proportion, boolean) IS
'Support function: counts one child into the state of proportion_agg.';

--@aggregate proportion 32 proportion_final proportion_agg(event boolean)
COMMENT ON AGGREGATE nuso.proportion_agg(boolean) IS
'Summary of a yes/no fact over rows. Rows where it is NULL are not counted; no rows give an empty summary.';

CREATE FUNCTION nuso.make_proportion(n bigint, events bigint) RETURNS nuso.proportion
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_make_proportion';
COMMENT ON FUNCTION nuso.make_proportion(bigint, bigint) IS
'A proportion from counts that somebody else made: events of n children. NULL if either is NULL. Errors: 22003 for a negative count, 22000 for more events than children.';

CREATE FUNCTION nuso.events(p nuso.proportion) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_events';
COMMENT ON FUNCTION nuso.events(nuso.proportion) IS
'How many of the children have the fact. NULL for NULL.';

CREATE FUNCTION nuso.estimate(p nuso.proportion) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_estimate';
COMMENT ON FUNCTION nuso.estimate(nuso.proportion) IS
'events / n, from 0 to 1. NULL for NULL and for an empty summary.';
