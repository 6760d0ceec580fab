-- How children of each age divide over classes

CREATE TYPE nuso.composition_point AS (
    age double precision,
    col_label text,
    n bigint,
    children bigint,
    share double precision,
    share_lower double precision,
    share_upper double precision,
    share_band_lower double precision,
    share_band_upper double precision,
    share_smooth double precision,
    share_smooth_lower double precision,
    share_smooth_upper double precision,
    status text
);
COMMENT ON TYPE nuso.composition_point IS
'One class at one age: of the age''s n children so many are of the class, or of it and all later ones if cumulative; share is children over n, from 0 to 1. share_lower and share_upper hold for all classes of this age at once, share_band_lower and share_band_upper for all classes of all ages; share_smooth is a penalised spline of the class over ages, its bounds hold at all ages of this class at once. status zero_margin: the share cannot but be 1, and has no bounds. Smooth values are NULL for all ages of a class if fewer than four ages have children or no straight line of its logits has a finite slope.';

CREATE FUNCTION nuso.composition_curve(
    counts nuso.crosstab,
    conf_level double precision DEFAULT 0.95,
    cumulative boolean DEFAULT false
) RETURNS SETOF nuso.composition_point
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_composition_curve';
COMMENT ON FUNCTION nuso.composition_curve(nuso.crosstab, double precision, boolean) IS
'How the children of each age divide over classes: one row a cell, by age and class in their order. The rows of counts are ages. cumulative: the share of the class or any later one, so that of the first class is 1. Intervals of one age: Goodman (1965); band: Clopper and Pearson (1934) at Sidak''s level for the ages, each class with an equal part of the error; smooth: P-splines of Eilers and Marx (1996), REML. An age nobody has is no row. No rows without children or if an argument is NULL. Errors: 22023 for rows that are not ages (numbers, at most 128) or a level not strictly between 0 and 1.';
