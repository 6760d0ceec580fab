-- A number of events as a Poisson count

CREATE FUNCTION nuso.count_interval(
    events bigint,
    conf_level double precision DEFAULT 0.95,
    method text DEFAULT 'exact'
) RETURNS nuso.interval_estimate
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_count_interval';
COMMENT ON FUNCTION nuso.count_interval(bigint, double precision, text) IS
'Confidence interval of the expected number of events where so many were counted, as a Poisson count: events of rare kinds, without a number of children to divide by. Methods: exact (default; Garwood 1936), byar (Breslow and Day 1987). At 0 events the lower bound is 0. NULL if an argument is NULL. Errors: 22003 for a negative count, 22023 for a level not strictly between 0 and 1 or an unknown method.';
