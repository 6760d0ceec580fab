-- Two age curves: where do their gaps differ, and do they at all?

CREATE TYPE nuso.curve_difference AS (
    age integer,
    gap_a double precision,
    gap_b double precision,
    difference double precision,
    difference_lower double precision,
    difference_upper double precision,
    difference_band_lower double precision,
    difference_band_upper double precision,
    p_value double precision,
    p_adjusted double precision,
    n_a bigint,
    n_b bigint,
    difference_smooth double precision,
    difference_smooth_lower double precision,
    difference_smooth_upper double precision,
    status text
);
COMMENT ON TYPE nuso.curve_difference IS
'One age of two curves: the gap of each group (from -1 to 1), their difference (a minus b, from -2 to 2) with the interval of this age alone and the band that holds at all ages, the test that the gaps are equal with its two-sided p-value, alone and adjusted over the ages (Holm), children of both groups, and the difference of the two smooth gaps with a band that holds at all ages. status: ok, or empty where one of the groups has no children: then only what is known of the other is not NULL. The smooth is NULL where one of the groups has no smooth: children at fewer than four ages, or a gap of -1 or 1 at all of them.';

CREATE FUNCTION nuso.compare_curves(
    a nuso.age_curve,
    b nuso.age_curve,
    conf_level double precision DEFAULT 0.95,
    gap text DEFAULT 'identified'
) RETURNS SETOF nuso.curve_difference
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 18
AS 'MODULE_PATHNAME', 'nuso_compare_curves';
COMMENT ON FUNCTION nuso.compare_curves(nuso.age_curve, nuso.age_curve, double precision, text) IS
'Compares the age gaps of two groups that share no child, a minus b: one row an age, from the youngest to the oldest seen in either. A unit against the rest is compare_curves(unit, whole - unit). gap: identified (identified minus decided, the default) or assessed (assessed minus decided). Interval of one age: square-and-add (Zou and Donner 2008) of Newcombe''s paired intervals; band: the same of Tango''s (1998) at the level of Sidak for the ages where both have children; p_value: score test; p_adjusted: Holm. Smooth: difference of the P-splines of both with a simultaneous band. No rows for two empty summaries, or NULL. Errors: 22023 for a level not strictly between 0 and 1 or an unknown gap.';

CREATE FUNCTION nuso.curve_test(
    a nuso.age_curve,
    b nuso.age_curve,
    gap text DEFAULT 'identified'
) RETURNS nuso.test_result
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_curve_test';
COMMENT ON FUNCTION nuso.curve_test(nuso.age_curve, nuso.age_curve, text) IS
'Tests that two groups that share no child have equal age gaps at every age: the sum of the squared z of compare_curves, chi-square with a degree of freedom for each age at which both groups have children who do not all score the same. gap as in compare_curves; method score. It keeps its level with few children, and says little then. Status empty: no age at which both have children; no_variation: at each of these all children score the same. NULL if an argument is NULL. Error 22023 for an unknown gap.';
