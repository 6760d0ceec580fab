-- Which children are of which latent class

CREATE TYPE nuso.lca_predictor AS (
    class integer,
    term text,
    coefficient double precision,
    std_error double precision,
    odds_ratio double precision,
    odds_ratio_lower double precision,
    odds_ratio_upper double precision,
    statistic double precision,
    df double precision,
    p_value double precision,
    status text
);
COMMENT ON TYPE nuso.lca_predictor IS
'A term of a multinomial logit of latent classes: how the odds of this class against the reference class change with it. coefficient: log odds a unit; odds_ratio with its interval; statistic, against 0, is z, or t where there are df (clusters). status: ok; no_variation or collinear for a covariate that is constant or depends on those before it; separation for an infinite coefficient, or one of which nothing is known; not_identified for classes that cannot be told apart from how children were taken; empty; not_converged; over clusters few_clusters (fewer than 20, all stands) and too_few (one cluster: no standard errors); or that of a model without a fit.';

CREATE FUNCTION nuso.lca_predictors(
    model nuso.lca_model,
    membership nuso.membership,
    names text[] DEFAULT NULL,
    reference integer DEFAULT 1,
    conf_level double precision DEFAULT 0.95
) RETURNS SETOF nuso.lca_predictor
LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 30 COST 100000
AS 'MODULE_PATHNAME', 'nuso_lca_predictors';
COMMENT ON FUNCTION nuso.lca_predictors(nuso.lca_model, nuso.membership, text[], integer, double precision) IS
'Which children are of which latent class? Multinomial logit of the class on covariates by three-step maximum likelihood (Vermunt 2010), with the classification errors of the model: one row a class but the reference and term, first the intercept. membership: membership_agg(lca_classify(model, present, observed), covariates [, cluster]), without a threshold. names: one a covariate (x1, x2, ... without). Standard errors from the observed information, or robust for clusters where these were given (CR1, t of clusters - 1 degrees of freedom); they take the errors of assignment as known. Assumes that within a class the covariates do not influence the items. Memory: 32 bytes and 16 a covariate for each pattern, and three matrices of the coefficients, 24 MB at most. No rows if an argument but names is NULL. Errors: 22023 for names that do not fit the covariates, a class or reference that the model does not have, a level not strictly between 0 and 1; 22004 for a NULL name; 54000 for more than 1024 coefficients.';

CREATE TYPE nuso.lca_predictor_test AS (
    term text,
    statistic double precision,
    df double precision,
    df2 double precision,
    p_value double precision,
    method text,
    status text
);
COMMENT ON TYPE nuso.lca_predictor_test IS
'A test that a covariate does not predict the latent class: that its coefficients are 0 for all classes. term NULL: that those of all covariates are. statistic: Wald''s chi-square on df, or F on df and df2 where there are clusters. status as in lca_predictor (separation: one of the coefficients is infinite, and there is no such test), zero_margin where there is nothing to test.';

CREATE FUNCTION nuso.lca_predictors_test(
    model nuso.lca_model,
    membership nuso.membership,
    names text[] DEFAULT NULL
) RETURNS SETOF nuso.lca_predictor_test
LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 10 COST 100000
AS 'MODULE_PATHNAME', 'nuso_lca_predictors_test';
COMMENT ON FUNCTION nuso.lca_predictors_test(nuso.lca_model, nuso.membership, text[]) IS
'Does a covariate predict the latent class at all? One row for all covariates together (term NULL), then one a covariate, over all classes; the reference does not matter. Arguments and errors as lca_predictors; memory as well, and that of three more matrices. No rows if the model or the summary is NULL.';
