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

CREATE FUNCTION nuso.pool_ages(summary nuso.age_curve, first_ages integer[]) RETURNS nuso.age_curve
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_pool_ages';
COMMENT ON FUNCTION nuso.pool_ages(nuso.age_curve, integer[]) IS
'The curve with every child at the first age of its band, for where single years are too thin: {0,6,10,15} makes bands 0 to 5, 6 to 9, 10 to 14 and 15 to 20. Children younger than the first band are counted by n_outside. A statistic that uses ages as numbers takes a band for its first age. NULL if an argument is NULL. Error 22023 unless first_ages is a list of ages from 0 to 20, at least one, that rise.';

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
    assessed_gap double precision,
    assessed_gap_lower double precision,
    assessed_gap_upper double precision,
    assessed_gap_band_lower double precision,
    assessed_gap_band_upper double precision,
    status text
);
COMMENT ON TYPE nuso.curve_point IS
'One age of a curve: shares from 0 to 1 and gaps from -1 to 1. _lower and _upper answer for this age alone: "at age 7 the gap is above 0.5". _band_lower and _band_upper hold at all ages of the curve at once: "there is an age at which the gap is above 0.5", and it may be sought after looking. gap is the one asked for (identified minus decided, if none was), assessed_gap always assessed minus decided. gap_smooth is gap as a smooth or monotone curve; its bounds are a band for all ages, too. Never show gap_smooth without gap and n beside it. An age without children has NULLs and status empty.';

CREATE FUNCTION nuso.curve(
    summary nuso.age_curve,
    conf_level double precision DEFAULT 0.95,
    smooth text DEFAULT 'p-spline',
    gap text DEFAULT 'identified'
) RETURNS SETOF nuso.curve_point
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 18
AS 'MODULE_PATHNAME', 'nuso_curve';
COMMENT ON FUNCTION nuso.curve(nuso.age_curve, double precision, text, text) IS
'One row an age, from the youngest to the oldest seen: shares of children identified, assessed and decided (Wilson), and gaps as paired differences of the same children: an interval for one age (Newcombe 1998, method 10) and a band for all ages at once (Tango 1998 at the level conf_level^(1/ages), which is exact as children of different ages are different children). gap: identified (minus decided) or assessed (minus decided). smooth: p-spline (Eilers and Marx 1996, on the logit scale, penalty by REML; band by simulation with a fixed seed), falling or rising (pooled adjacent violators), none. gap_smooth is NULL at ages without children; everywhere with p-spline if fewer than four ages have children, or if the gaps are -1 or 1 at all ages or change between these once; its bounds are NULL with falling or rising if no such curve lies within the band. No rows for an empty or NULL summary. Error 22023 for a level not strictly between 0 and 1, an unknown smooth or gap.';
