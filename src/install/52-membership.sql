-- Predictors of latent classes: covariate patterns by class, counted once

--@summary membership extended 2048

COMMENT ON TYPE nuso.membership IS
'Summary for the regression of latent classes on covariates: how many children were taken for each class with each combination of covariates (and live in each cluster). At most 64 covariates and 512 MB; a pattern takes 24 bytes and 8 for each covariate. Text form: {"clustered": 2, "n_not_finite": 0, "covariates": 1, "patterns": [{"cluster": 7, "class": 2, "covariates": [0.5], "n": 10}]}; clustered is 0 without rows, 1 without clusters, 2 with them.';

CREATE FUNCTION nuso.membership_accum(nuso.membership, class integer, covariates double precision[]) RETURNS nuso.membership
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_membership_accum';
COMMENT ON FUNCTION nuso.membership_accum(nuso.membership, integer, double precision[]) IS
'Support function: counts one child into the state of membership_agg.';

CREATE FUNCTION nuso.membership_accum(nuso.membership, class integer, covariates double precision[], cluster bigint) RETURNS nuso.membership
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_membership_accum';
COMMENT ON FUNCTION nuso.membership_accum(nuso.membership, integer, double precision[], bigint) IS
'Support function: counts one child of a cluster into the state of membership_agg.';

--@aggregate membership 2048 membership_final membership_agg(class integer, covariates double precision[])
COMMENT ON AGGREGATE nuso.membership_agg(integer, double precision[]) IS
'Summary of the class that children were taken for (lca_classify without a threshold) by covariates, for lca_predictors. Rows where the class, the array or one of its elements is NULL are not counted, those with a NaN or infinite covariate are counted apart; no rows give an empty summary. Errors: 22023 for a class that is not 1 to 64, or if the number of covariates differs between rows, 54000 for more than 64 covariates or more than 512 MB of patterns, 2202E for an array of more than one dimension.';

--@aggregate membership 2048 membership_final membership_agg(class integer, covariates double precision[], cluster bigint)
COMMENT ON AGGREGATE nuso.membership_agg(integer, double precision[], bigint) IS
'The same with the cluster (municipality) that each child lives in, for standard errors that respect that children in one cluster are alike. Rows where the cluster is NULL are not counted.';
