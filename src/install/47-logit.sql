-- Logistic regression: covariate patterns, counted once

--@summary logit extended 2048

COMMENT ON TYPE nuso.logit IS
'Summary for logistic regression: how many children have each combination of covariates (and live in each cluster), and how many of them have the event. At most 64 covariates and 512 MB. Text form: {"clustered": 2, "n_not_finite": 0, "covariates": 1, "patterns": [{"cluster": 7, "covariates": [0.5], "n": 10, "events": 3}]}; clustered is 0 without rows, 1 without clusters, 2 with them.';

CREATE FUNCTION nuso.logit_accum(nuso.logit, event boolean, covariates double precision[]) RETURNS nuso.logit
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_logit_accum';
COMMENT ON FUNCTION nuso.logit_accum(nuso.logit, boolean, double precision[]) IS
'Support function: counts one child into the state of logit_agg.';

CREATE FUNCTION nuso.logit_accum(nuso.logit, event boolean, covariates double precision[], cluster bigint) RETURNS nuso.logit
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_logit_accum';
COMMENT ON FUNCTION nuso.logit_accum(nuso.logit, boolean, double precision[], bigint) IS
'Support function: counts one child of a cluster into the state of logit_agg.';

--@aggregate logit 2048 logit_final logit_agg(event boolean, covariates double precision[])
COMMENT ON AGGREGATE nuso.logit_agg(boolean, double precision[]) IS
'Summary of a yes/no fact by covariates, for logit_fit. Rows where the event, the array or one of its elements is NULL are not counted, those with a NaN or infinite covariate are counted apart; no rows give an empty summary. Errors: 22023 if the number of covariates differs between rows, 54000 for more than 64 covariates or more than 512 MB of patterns, 2202E for an array of more than one dimension.';

--@aggregate logit 2048 logit_final logit_agg(event boolean, covariates double precision[], cluster bigint)
COMMENT ON AGGREGATE nuso.logit_agg(boolean, double precision[], bigint) IS
'The same with the cluster (municipality) that each child lives in, for standard errors that respect that children in one cluster are alike. Rows where the cluster is NULL are not counted.';
