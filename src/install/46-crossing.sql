-- The age from which one class has more children than another

CREATE TYPE nuso.crossing_result AS (
    age double precision,
    age_lower double precision,
    age_upper double precision,
    crossings integer,
    method text,
    status text
);
COMMENT ON TYPE nuso.crossing_result IS
'The age from which the second class has more children than the first for good, in the units of the ages, with its interval; a bound at the youngest or oldest age is where the data end. crossings: at how many ages one overtakes the other. status no_crossing: the second does not end up as the larger, or is it at all ages; age and bounds are NULL, crossings stands. Without a smooth curve all are NULL: empty, zero_margin (nobody in one of the classes), too_few (ages), separation (only one class before some age and only the other after it).';

CREATE FUNCTION nuso.crossing_age(
    counts nuso.crosstab,
    from_label text,
    to_label text,
    conf_level double precision DEFAULT 0.95
) RETURNS nuso.crossing_result
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_crossing_age';
COMMENT ON FUNCTION nuso.crossing_age(nuso.crosstab, text, text, double precision) IS
'The age at which to_label overtakes from_label: the last root of the P-spline (Eilers and Marx 1996, REML) of the logit of to_label''s share among children of either, if to_label is the larger from there on. Interval: all ages at which the test that both are equal does not reject. The rows of counts are ages. A label that the table does not have is a class that nobody is in: status zero_margin. NULL if an argument is NULL. Errors: 22023 for rows that are not ages (numbers, at most 128) or a level not strictly between 0 and 1.';
