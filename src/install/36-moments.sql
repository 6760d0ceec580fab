-- Moments: number, mean and variance of a measured number, from exact sums

--@summary moments extended 1700

COMMENT ON TYPE nuso.moments IS
'Summary of a measured number: how many values, their sum and the sum of their squares, both exact, so that every order and partition of the rows gives the same bits and a part can be subtracted. Text form: {"n": 3, "sum": "6.5", "sum_of_squares": "15.25"}, exact decimals; n_not_finite follows n where it is not 0.';

CREATE FUNCTION nuso.moments_accum(nuso.moments, x double precision) RETURNS nuso.moments
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_moments_accum';
COMMENT ON FUNCTION nuso.moments_accum(nuso.moments, double precision) IS
'Support function: counts one value into the state of moments_agg.';

--@aggregate moments 1700 moments_final moments_agg(x double precision)
COMMENT ON AGGREGATE nuso.moments_agg(double precision) IS
'Summary of a measured number over rows. Rows where it is NULL are not counted, those where it is NaN or infinite are counted apart (n_not_finite); no rows give an empty summary.';

CREATE FUNCTION nuso.make_moments(n bigint, mean double precision, variance double precision) RETURNS nuso.moments
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_make_moments';
COMMENT ON FUNCTION nuso.make_moments(bigint, double precision, double precision) IS
'Moments from numbers that somebody else computed: n values with this mean and this sample variance (divisor n - 1), which mean() and variance() then return to the bit. NULL if n, or what n values have, is NULL: the variance may be NULL for n < 2, the mean for n = 0. Errors: 22003 for a negative n; 22023 for a variance below 0, numbers that are not finite, or a variance of one value or mean of none that is not 0.';

CREATE FUNCTION nuso.n_not_finite(m nuso.moments) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_moments_n_not_finite';
COMMENT ON FUNCTION nuso.n_not_finite(nuso.moments) IS
'How many values were NaN or infinite: they are counted here and nowhere else. NULL for NULL.';

CREATE FUNCTION nuso.mean(m nuso.moments) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_mean';
COMMENT ON FUNCTION nuso.mean(nuso.moments) IS
'Arithmetic mean, in units of the values: the exact one, rounded once. NULL for NULL and for an empty summary.';

CREATE FUNCTION nuso.variance(m nuso.moments) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_variance';
COMMENT ON FUNCTION nuso.variance(nuso.moments) IS
'Sample variance (divisor n - 1), in squared units of the values: the exact one, rounded once. NULL for NULL, for fewer than two values, and beyond the range of double precision.';

CREATE FUNCTION nuso.stddev(m nuso.moments) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_stddev';
COMMENT ON FUNCTION nuso.stddev(nuso.moments) IS
'Sample standard deviation (divisor n - 1), in units of the values; also where the variance is beyond the range of double precision. NULL for NULL and for fewer than two values.';

CREATE FUNCTION nuso.confint(m nuso.moments, conf_level double precision DEFAULT 0.95)
RETURNS nuso.interval_estimate
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_moments_confint';
COMMENT ON FUNCTION nuso.confint(nuso.moments, double precision) IS
'Student''s confidence interval of the mean, in units of the values: mean -+ t(n - 1) s / sqrt(n), method t. No values: status empty. One value: the mean without bounds, too_few. Equal values: the mean without bounds, no_variation. NULL if an argument is NULL. Error 22023 for a level not strictly between 0 and 1.';

CREATE FUNCTION nuso.compare(a nuso.moments, b nuso.moments, conf_level double precision DEFAULT 0.95)
RETURNS nuso.mean_comparison
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_moments_compare';
COMMENT ON FUNCTION nuso.compare(nuso.moments, nuso.moments, double precision) IS
'Compares the means of two independent groups, whose variances may differ: difference with interval and test by Welch (1947), Hedges'' g (1981, exact factor) with the interval that the noncentral t distribution gives (Steiger and Fouladi 1997). A group without values: status empty. A group of one: no test, too_few. Only equal values in either group: no test, no_variation. g is given where the groups together have two degrees of freedom and different values. NULL if an argument is NULL. Error 22023 for a level not strictly between 0 and 1.';

--@summary moments_groups extended 1024 groups

COMMENT ON TYPE nuso.moments_groups IS
'State of anova_test and welch_anova_test: n, mean (with what its rounding left out) and spread (root mean squared distance from the mean) of each group -> how many such groups. Text form: {"groups": [{"n": 3, "mean": 2.5, "mean_rest": 0, "spread": 0.5, "times": 1}]}.';

CREATE FUNCTION nuso.moments_groups_accum(nuso.moments_groups, m nuso.moments) RETURNS nuso.moments_groups
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_moments_groups_accum';
COMMENT ON FUNCTION nuso.moments_groups_accum(nuso.moments_groups, nuso.moments) IS
'Support function: adds one group to the state; a group without values is none.';

CREATE FUNCTION nuso.anova_test_final(nuso.moments_groups) RETURNS nuso.anova_result
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_anova_test_final';
COMMENT ON FUNCTION nuso.anova_test_final(nuso.moments_groups) IS
'Support function: the result of anova_test for a state.';

--@aggregate moments_groups 1024 anova_test_final anova_test(m nuso.moments)
COMMENT ON AGGREGATE nuso.anova_test(nuso.moments) IS
'One-way analysis of variance: are the means of several independent groups equal? Each row is one group; NULLs and groups without values are skipped. Assumes that all groups have the same variance. statistic is F on groups - 1 and values - groups degrees of freedom, with eta squared and omega squared (Hays 1963). No group: status empty. One group, or groups of one value only: too_few. No group with different values: no test, no_variation.';

CREATE FUNCTION nuso.welch_anova_test_final(nuso.moments_groups) RETURNS nuso.anova_result
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_welch_anova_test_final';
COMMENT ON FUNCTION nuso.welch_anova_test_final(nuso.moments_groups) IS
'Support function: the result of welch_anova_test for a state.';

--@aggregate moments_groups 1024 welch_anova_test_final welch_anova_test(m nuso.moments)
COMMENT ON AGGREGATE nuso.welch_anova_test(nuso.moments) IS
'Welch''s analysis of variance (1951): are the means of several independent groups equal, whatever their variances? Each row is one group; NULLs and groups without values are skipped. The second df need not be whole; eta squared and omega squared are those of anova_test. No group: status empty. One group, or a group of one value: no test, too_few. A group of equal values: no test, no_variation.';
