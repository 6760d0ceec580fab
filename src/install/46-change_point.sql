-- The age at which a slope changes

CREATE TYPE nuso.change_point_result AS (
    age double precision,
    age_lower double precision,
    age_upper double precision,
    slope_before double precision,
    slope_after double precision,
    statistic double precision,
    p_value double precision,
    method text,
    status text
);
COMMENT ON TYPE nuso.change_point_result IS
'The age in years at which a slope changes, with its interval, and the slopes before and after it: the change a year of a gap, or of log odds. statistic is by how much the bend lowers the deviance of the straight line, p_value (0 to 1) the probability of so much where there is no bend. method: broken-line or broken-logit, with -edge behind it where the interval reaches the first or last age that could be seen as a change, so that its bound is only that of the data. status: ok; no_change_point if p_value is above 1 - conf_level: no age, and both slopes are that of the straight line; too_few for fewer than five ages with children; no_variation, zero_margin or empty where there is nothing to see; separation if a slope of log odds is infinite, and NULL.';

CREATE FUNCTION nuso.gap_change_point(
    summary nuso.age_curve,
    conf_level double precision DEFAULT 0.95,
    gap text DEFAULT 'identified'
) RETURNS nuso.change_point_result
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20000
AS 'MODULE_PATHNAME', 'nuso_gap_change_point';
COMMENT ON FUNCTION nuso.gap_change_point(nuso.age_curve, double precision, text) IS
'Is there an age at which the gap between two facts of the same children changes its slope, and which? Weighted least squares of two straight lines that meet (Hudson 1966), the probability of the best bend of all (p_value), and an interval of ages, each judged by how much better the best age would be by chance (Knowles, Siegmund and Zhang 1991); its simulation has a fixed seed. gap: identified (minus decided) or assessed (minus decided). Slopes are changes of the gap a year. NULL for NULL. Errors 22023 for another gap or a level not strictly between 0 and 1.';

CREATE FUNCTION nuso.change_point(
    counts nuso.crosstab,
    event text DEFAULT 'true',
    conf_level double precision DEFAULT 0.95
) RETURNS nuso.change_point_result
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20000
AS 'MODULE_PATHNAME', 'nuso_change_point';
COMMENT ON FUNCTION nuso.change_point(nuso.crosstab, text, double precision) IS
'Is there an age at which the share of children with an event changes its slope, and which? counts: a row an age, its label a number (at most 128 ages); event: the label of the column of children with the event. Logistic regression on two straight lines that meet (Muggeo 2003), maximum likelihood; p_value and interval as in gap_change_point. Slopes are changes of the log odds a year. A column that is not there has no children: status zero_margin. NULL for NULL. Errors 22023 for labels that are no ages or a level not strictly between 0 and 1.';
