-- Age curves: identified, assessed and decided by age

--@summary age_curve main 1376

COMMENT ON TYPE nuso.age_curve IS
'Summary of three facts of a child by age: for each age from 0 to 20 how many children have which of identified, assessed and decided. Text form: {"n_outside": 0, "n_incomplete": 0, "ages": [{"age": 7, "none": 2, "identified": 3, "identified_assessed_decided": 1}]}; counts of 0 may be left out of an age.';

CREATE FUNCTION nuso.age_curve_accum(
    nuso.age_curve, age integer, identified boolean, assessed boolean, decided boolean
) RETURNS nuso.age_curve
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_age_curve_accum';
COMMENT ON FUNCTION nuso.age_curve_accum(nuso.age_curve, integer, boolean, boolean, boolean) IS
'Support function: counts one child into the state of age_curve_agg.';

--@aggregate age_curve 1376 age_curve_final age_curve_agg(age integer, identified boolean, assessed boolean, decided boolean)
COMMENT ON AGGREGATE nuso.age_curve_agg(integer, boolean, boolean, boolean) IS
'Summary of three facts of the same child by age in whole years: vulnerability identified, need assessed, support decided. Every row is counted once: under its age from 0 to 20, as n_incomplete where age or a fact is NULL, or as n_outside at another age. No rows give an empty summary.';

CREATE FUNCTION nuso.n_outside(summary nuso.age_curve) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_n_outside';
COMMENT ON FUNCTION nuso.n_outside(nuso.age_curve) IS
'Number of children whose age is not 0 to 20; they are in no point of the curve and not in n. NULL for NULL.';

CREATE FUNCTION nuso.n_incomplete(summary nuso.age_curve) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_n_incomplete';
COMMENT ON FUNCTION nuso.n_incomplete(nuso.age_curve) IS
'Number of children whose age or any of whose three facts is unknown; they are in no point of the curve and not in n. NULL for NULL.';

CREATE TYPE nuso.curve_point AS (
    age integer,
    n bigint,
    identified double precision,
    identified_lower double precision,
    identified_upper double precision,
    assessed double precision,
    assessed_lower double precision,
    assessed_upper double precision,
    decided double precision,
    decided_lower double precision,
    decided_upper double precision,
    gap double precision,
    gap_lower double precision,
    gap_upper double precision,
    gap_band_lower double precision,
    gap_band_upper double precision,
    gap_smooth double precision,
    gap_smooth_lower double precision,
    gap_smooth_upper double precision,
    status text
);
COMMENT ON TYPE nuso.curve_point IS
'One age of a curve: shares from 0 to 1 with their intervals, and the gap (identified minus decided, from -1 to 1) with its pointwise interval. The simultaneous band and the smooth gap are NULL in this version. An age without children has NULLs and status empty.';

CREATE FUNCTION nuso.curve(
    summary nuso.age_curve,
    conf_level double precision DEFAULT 0.95
) RETURNS SETOF nuso.curve_point
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 18
AS 'MODULE_PATHNAME', 'nuso_curve';
COMMENT ON FUNCTION nuso.curve(nuso.age_curve, double precision) IS
'One row an age, from the youngest to the oldest seen: shares of children identified, assessed and decided with Wilson intervals, and the gap between identified and decided as a paired difference of the same children (Newcombe 1998, method 10). Intervals are pointwise: they answer for one age, not for all at once. No rows for an empty or NULL summary. Error 22023 for a level not strictly between 0 and 1.';
