-- Logistic regression: coefficients, marginal effects, fit

CREATE FUNCTION nuso.logit_fit(
    summary nuso.logit,
    names text[] DEFAULT NULL,
    method text DEFAULT 'ml',
    covariance text DEFAULT 'auto',
    conf_level double precision DEFAULT 0.95
) RETURNS SETOF nuso.logit_term
LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 10 COST 10000
AS 'MODULE_PATHNAME', 'nuso_logit_fit';
COMMENT ON FUNCTION nuso.logit_fit(nuso.logit, text[], text, text, double precision) IS
'Logistic regression: one row a term, first the intercept. names: one a covariate (x1, x2, ... without). method: ml (default, maximum likelihood), firth (Jeffreys'' prior as penalty; Firth 1993: finite under separation). covariance: auto (default: cr2 where clusters were given, else profile for firth and model for ml), model, cr1 (G / (G - 1); t with G - 1 df), cr2 (Bell and McCaffrey 2002; t with Satterthwaite df), profile (likelihood ratio intervals and tests). Degenerate data: NULLs with a status, see logit_term. No rows if an argument but names is NULL. Errors: 22023 for names that do not fit the covariates, an unknown method or covariance, cr1 or cr2 without clusters, a level not strictly between 0 and 1; 22004 for a NULL name.';

CREATE FUNCTION nuso.logit_margins(
    summary nuso.logit,
    names text[] DEFAULT NULL,
    method text DEFAULT 'ml',
    covariance text DEFAULT 'auto',
    conf_level double precision DEFAULT 0.95
) RETURNS SETOF nuso.logit_margin
LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 30 COST 10000
AS 'MODULE_PATHNAME', 'nuso_logit_margins';
COMMENT ON FUNCTION nuso.logit_margins(nuso.logit, text[], text, text, double precision) IS
'Average marginal effects of a logistic regression: for a covariate of 0 and 1 the adjusted risks without and with it, their difference and ratio (standardised over all children as they are), for any other the mean slope of the risk. Standard errors by the delta method. Arguments, NULLs and errors as logit_fit; profile means model here.';

CREATE FUNCTION nuso.logit_fit_stats(summary nuso.logit, method text DEFAULT 'ml')
RETURNS nuso.logit_stats
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000
AS 'MODULE_PATHNAME', 'nuso_logit_fit_stats';
COMMENT ON FUNCTION nuso.logit_fit_stats(nuso.logit, text) IS
'Size and fit of a logistic regression: children, events, patterns, likelihood, deviances, AIC, BIC, likelihood ratio test against the intercept alone. method as in logit_fit. NULL if an argument is NULL. Error 22023 for an unknown method.';
