\echo Use "CREATE EXTENSION nuso" to load this file. \quit

-- Result types
--
-- Named columns, so that nobody has to remember positions; (f(...)).* spreads
-- them.  Further columns may follow the ones here, never come between.

COMMENT ON SCHEMA nuso IS
'Statistics of child welfare inside the database: summaries, intervals, comparisons, age-gap curves and profiles.';

CREATE TYPE nuso.interval_estimate AS (
    estimate double precision,
    lower double precision,
    upper double precision,
    conf_level double precision,
    method text,
    status text
);
COMMENT ON TYPE nuso.interval_estimate IS
'An estimate with its confidence interval. Values that do not exist are NULL; status says why: ok, suppressed, empty, zero_margin, no_variation, too_few, not_converged or few_clusters (the results stand, on fewer than 20 clusters).';

CREATE TYPE nuso.test_result AS (
    statistic double precision,
    df double precision,
    df2 double precision,
    p_value double precision,
    method text,
    status text
);
COMMENT ON TYPE nuso.test_result IS
'A significance test. statistic and df are NULL for exact tests, df2 for all but F tests; p_value is two-sided, from 0 to 1; method names the test that ran, or would have where status is not ok; status as in interval_estimate.';

CREATE TYPE nuso.comparison AS (
    n_a bigint,
    events_a bigint,
    p_a double precision,
    n_b bigint,
    events_b bigint,
    p_b double precision,
    difference double precision,
    difference_lower double precision,
    difference_upper double precision,
    risk_ratio double precision,
    risk_ratio_lower double precision,
    risk_ratio_upper double precision,
    odds_ratio double precision,
    odds_ratio_lower double precision,
    odds_ratio_upper double precision,
    statistic double precision,
    df double precision,
    p_value double precision,
    method text,
    status text
);
COMMENT ON TYPE nuso.comparison IS
'Two proportions side by side: shares from 0 to 1, their difference (a minus b), risk ratio and odds ratio (a over b) with intervals, and the test that the shares are equal. An infinite ratio or bound is NULL. status as in interval_estimate: zero_margin means that nobody or everybody in both groups together has the event, so there is nothing to test. method names the test that ran, or would have where status is not ok.';

CREATE TYPE nuso.logit_term AS (
    term text,
    coefficient double precision,
    std_error double precision,
    odds_ratio double precision,
    odds_ratio_lower double precision,
    odds_ratio_upper double precision,
    statistic double precision,
    df double precision,
    p_value double precision,
    covariance text,
    method text,
    status text
);
COMMENT ON TYPE nuso.logit_term IS
'A term of a logistic regression: its coefficient (log odds a unit), standard error, odds ratio with interval, and the test that the coefficient is 0: statistic is z, or t where there are df. covariance: model, cr1, cr2 or profile; method: ml or firth. status: ok; no_variation or collinear for a covariate that is constant or depends on those before it; separation for an infinite estimate; zero_margin, empty, not_converged for the whole model; too_few for fewer than two clusters; few_clusters for cr1 from fewer than 20.';

CREATE TYPE nuso.logit_margin AS (
    term text,
    kind text,
    estimate double precision,
    estimate_lower double precision,
    estimate_upper double precision,
    std_error double precision,
    statistic double precision,
    df double precision,
    p_value double precision,
    covariance text,
    method text,
    status text
);
COMMENT ON TYPE nuso.logit_margin IS
'What a logistic regression says of risks, averaged over all children. kind: slope (mean change of the risk a unit) for a covariate with other values than 0 and 1; risk_without, risk_with (from 0 to 1; no test), risk_difference and risk_ratio for one with these. covariance, method and status as in logit_term.';

CREATE TYPE nuso.logit_stats AS (
    n bigint,
    events bigint,
    n_not_finite bigint,
    patterns bigint,
    clusters bigint,
    parameters integer,
    log_likelihood double precision,
    null_deviance double precision,
    deviance double precision,
    aic double precision,
    bic double precision,
    statistic double precision,
    df double precision,
    p_value double precision,
    iterations integer,
    converged boolean,
    method text,
    status text
);
COMMENT ON TYPE nuso.logit_stats IS
'How well a logistic regression fits, one child a row. patterns: different covariates (and clusters); clusters: 0 if none were given; parameters: terms with an estimate, be it infinite; statistic, df, p_value: likelihood ratio test against the intercept alone; aic, bic and the test are NULL with Firth''s penalty. status: ok, separation (some estimates are infinite, the likelihood is its limit), zero_margin, empty, not_converged.';

CREATE TYPE nuso.mean_comparison AS (
    n_a bigint,
    mean_a double precision,
    n_b bigint,
    mean_b double precision,
    difference double precision,
    difference_lower double precision,
    difference_upper double precision,
    hedges_g double precision,
    hedges_g_lower double precision,
    hedges_g_upper double precision,
    statistic double precision,
    df double precision,
    p_value double precision,
    method text,
    status text
);
COMMENT ON TYPE nuso.mean_comparison IS
'Two means side by side: their difference (a minus b) in units of the values, Hedges'' g in pooled standard deviations without bias, each with its interval, and Welch''s test that the means are equal (statistic is t, p_value two-sided). status as in interval_estimate: too_few means a group of one value, no_variation that no group has different values.';

CREATE TYPE nuso.anova_result AS (
    statistic double precision,
    df double precision,
    df2 double precision,
    p_value double precision,
    eta_squared double precision,
    omega_squared double precision,
    method text,
    status text
);
COMMENT ON TYPE nuso.anova_result IS
'A test that several means are equal: statistic is F on df and df2 degrees of freedom. eta_squared is the share of the variation that lies between groups, from 0 to 1; omega_squared estimates it nearly without bias and may lie below 0. method names the test, status as in interval_estimate.';

CREATE TYPE nuso.trend_result AS (
    statistic double precision,
    df double precision,
    df2 double precision,
    p_value double precision,
    method text,
    status text,
    departure_statistic double precision,
    departure_df double precision,
    departure_p_value double precision,
    slope double precision
);
COMMENT ON TYPE nuso.trend_result IS
'A test for a trend of proportions over scores: the columns of test_result, then the test of what the trend leaves unexplained (NULL with fewer than three groups) and the slope, the change of the share a unit of score. status as in interval_estimate.';

CREATE TYPE nuso.mantel_haenszel_result AS (
    n bigint,
    strata bigint,
    odds_ratio double precision,
    odds_ratio_lower double precision,
    odds_ratio_upper double precision,
    risk_ratio double precision,
    risk_ratio_lower double precision,
    risk_ratio_upper double precision,
    risk_difference double precision,
    risk_difference_lower double precision,
    risk_difference_upper double precision,
    statistic double precision,
    df double precision,
    p_value double precision,
    breslow_day_statistic double precision,
    breslow_day_df double precision,
    breslow_day_p_value double precision,
    method text,
    status text
);
COMMENT ON TYPE nuso.mantel_haenszel_result IS
'Two groups compared within strata: children and strata that count, common odds ratio, risk ratio (a over b) and risk difference (a minus b) with intervals, the test of no association, and the test that the odds ratio is the same in all strata. What is infinite or has no interval is NULL. status as in interval_estimate: zero_margin means that no stratum has both events and children without, so there is nothing to test.';

CREATE TYPE nuso.pair_comparison AS (
    label_a text,
    label_b text,
    n_a bigint,
    events_a bigint,
    p_a double precision,
    n_b bigint,
    events_b bigint,
    p_b double precision,
    difference double precision,
    difference_lower double precision,
    difference_upper double precision,
    statistic double precision,
    p_value double precision,
    p_adjusted double precision,
    method text,
    status text
);
COMMENT ON TYPE nuso.pair_comparison IS
'Two of several groups side by side: shares from 0 to 1, their difference (a minus b) with the interval of this pair alone, z of the pooled share with its two-sided p-value, and that adjusted by Holm over all pairs. status as in interval_estimate.';

CREATE TYPE nuso.lettered_group AS (
    label text,
    n bigint,
    events bigint,
    estimate double precision,
    lower double precision,
    upper double precision,
    letters text,
    status text
);
COMMENT ON TYPE nuso.lettered_group IS
'One of several groups: its share from 0 to 1 with its interval, and letters. Groups that share a letter cannot be told apart, groups that share none differ. status as in interval_estimate; not_converged: there are not enough letters.';

CREATE TYPE nuso.level_share AS (
    value double precision,
    n bigint,
    share double precision,
    at_least double precision,
    at_least_lower double precision,
    at_least_upper double precision
);
COMMENT ON TYPE nuso.level_share IS
'A level of an ordered scale: n children have this value, their share of all; at_least is the share with this value or a higher one, with its interval. Shares from 0 to 1.';

CREATE TYPE nuso.rank_comparison AS (
    n_a bigint,
    median_a double precision,
    n_b bigint,
    median_b double precision,
    theta double precision,
    theta_lower double precision,
    theta_upper double precision,
    cliffs_delta double precision,
    statistic double precision,
    z double precision,
    p_value double precision,
    brunner_munzel_statistic double precision,
    brunner_munzel_df double precision,
    brunner_munzel_p_value double precision,
    method text,
    status text
);
COMMENT ON TYPE nuso.rank_comparison IS
'Two distributions side by side by their ranks. theta, from 0 to 1, is the probability that a child of b has the higher value than one of a, half counted where they are equal; cliffs_delta is 2 theta - 1. statistic is W of Mann and Whitney: the pairs in which a is higher, half for equal ones; z is above 0 where a is higher and NULL for the exact test. brunner_munzel_statistic, above 0 where b is higher, and its df are of a t test that does not ask for equal spread, NULL where a group has one child or the values are separated or all equal. method names the test of p_value that ran, or would have where status is not ok; status as in interval_estimate: no_variation means that all values are equal, and p_value is 1.';

CREATE TYPE nuso.jonckheere_result AS (
    n bigint,
    groups bigint,
    statistic double precision,
    expected double precision,
    variance double precision,
    z double precision,
    p_value double precision,
    method text,
    status text
);
COMMENT ON TYPE nuso.jonckheere_result IS
'A test for a trend of values over ordered groups: children and groups that count; statistic is J, the pairs of children in which the one of the later group has the higher value, half for equal ones, with the mean (expected) and variance it has without a trend. z is above 0 where values rise; p_value is two-sided. status as in interval_estimate: no_variation means that all values are equal, and p_value is 1.';

CREATE TYPE nuso.rank_pair AS (
    label_a text,
    label_b text,
    n_a bigint,
    n_b bigint,
    mean_rank_a double precision,
    mean_rank_b double precision,
    z double precision,
    p_value double precision,
    p_adjusted double precision,
    method text,
    status text
);
COMMENT ON TYPE nuso.rank_pair IS
'Two of several groups side by side: mean ranks among the children of all groups, z of their difference (above 0 where a is higher), its two-sided p-value, and that adjusted by Holm over all pairs. status as in interval_estimate: no_variation means that all values are equal, and p_value is 1.';
