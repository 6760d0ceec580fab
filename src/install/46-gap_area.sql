-- The mean gap over ages

CREATE TYPE nuso.gap_area_result AS (
    estimate double precision,
    lower double precision,
    upper double precision,
    conf_level double precision,
    ages integer,
    covered double precision,
    method text,
    status text
);
COMMENT ON TYPE nuso.gap_area_result IS
'A mean gap over ages, from -1 to 1, with its interval. ages: how many are part of it. covered: share, from 0 to 1, of the standard''s children whose age is one of them; NULL without a standard, or if that is empty. Status: ok, or empty, with NULLs, where no age counts.';

CREATE FUNCTION nuso.gap_area(
    summary nuso.age_curve,
    conf_level double precision DEFAULT 0.95,
    gap text DEFAULT 'identified'
) RETURNS nuso.gap_area_result
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_gap_area';
COMMENT ON FUNCTION nuso.gap_area(nuso.age_curve, double precision, text) IS
'Mean gap of the ages that have children, each age counting alike: the area under the curve over the number of ages, from -1 to 1. gap: identified (minus decided, the default) or assessed (minus decided). Two curves are comparable only if they have the same ages. Interval: that of Wilson (1927) for a share of as many trials as give it the variance of the mean. No children: NULLs with status empty. NULL if an argument is NULL. Error 22023 for a level not strictly between 0 and 1 or an unknown gap.';

CREATE FUNCTION nuso.gap_area(
    summary nuso.age_curve,
    standard nuso.age_curve,
    conf_level double precision DEFAULT 0.95,
    gap text DEFAULT 'identified'
) RETURNS nuso.gap_area_result
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_gap_area_standard';
COMMENT ON FUNCTION nuso.gap_area(nuso.age_curve, nuso.age_curve, double precision, text) IS
'Age-standardised mean gap: what it would be if the children had the ages of the standard''s, which gives the weights and counts as known. Ages without children in the curve drop out; covered says which share of the standard is left. Interval, NULLs and errors as without a standard. No age in common: status empty.';
