-- Does the gap fall or rise with age?

CREATE FUNCTION nuso.gap_trend_test(
    summary nuso.age_curve,
    gap text DEFAULT 'identified'
) RETURNS nuso.trend_result
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_gap_trend_test';
COMMENT ON FUNCTION nuso.gap_trend_test(nuso.age_curve, text) IS
'Tests that the gap between two facts of the same children falls or rises with age: (n - 1) r squared, r the correlation over children of age and score (1 with the first fact alone, -1 with decided alone, else 0), chi-square with df 1 (linear-by-linear association, Mantel 1963); beside it the departure from a straight line (df ages - 2) and the slope, the change of the gap a year: its sign is the direction. gap: identified (minus decided) or assessed (minus decided). No children: status empty; one age only, or all children with the same score: no_variation. NULL for NULL. Error 22023 for another gap.';
