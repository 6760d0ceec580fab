-- Outcomes by latent class, corrected for children who were taken for another
-- class than theirs

CREATE TYPE nuso.lca_outcome AS (
    class integer,
    outcome text,
    n bigint,
    share_modal double precision,
    share double precision,
    std_error double precision,
    lower double precision,
    upper double precision,
    method text,
    status text
);
COMMENT ON TYPE nuso.lca_outcome IS
'An outcome in a latent class (from 1): n children were taken for the class and have the outcome, share_modal is their share of all who were taken for it (NULL if nobody was), and share the one among the children whose class it is, corrected for errors of assignment, with standard error and bounds on the scale of logits. Shares from 0 to 1, but bch may leave that range. method: ml or bch. status: ok; boundary (the share is 0 or 1, or beyond with bch: no bounds); empty (no children, or a class that nobody is of); not_identified (classes that cannot be told apart from how children were taken, such as one that nobody is taken for: no shares); over clusters few_clusters (fewer than 20, all stands) and too_few (one cluster: no standard errors); or that of a model without a fit.';

CREATE FUNCTION nuso.lca_three_step(
    model nuso.lca_model,
    outcomes nuso.crosstab,
    method text DEFAULT 'ml',
    conf_level double precision DEFAULT 0.95
) RETURNS SETOF nuso.lca_outcome
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 20 COST 10000
AS 'MODULE_PATHNAME', 'nuso_lca_three_step';
COMMENT ON FUNCTION nuso.lca_three_step(nuso.lca_model, nuso.crosstab, text, double precision) IS
'How outcomes divide within latent classes, without the attenuation of modal assignment: one row a class and outcome. outcomes: crosstab_agg(lca_classify(model, present, observed), outcome), of all children who can be classified, without a threshold. method: ml (default; maximum likelihood, shares stay between 0 and 1; Vermunt 2010), bch (weights by the inverse of the classification errors; Bolck, Croon and Hagenaars 2004). Standard errors take the errors of assignment as known. Assumes that within a class the outcome does not depend on the items. Memory: 16 bytes a pair of classes and outcome. No rows for NULL or an empty table. Errors: 22023 for a row that is no class of the model, an unknown method or a level not strictly between 0 and 1; 54000 for more than 4096 outcomes.';

CREATE FUNCTION nuso.lca_three_step(
    model nuso.lca_model,
    outcomes nuso.clustered,
    method text DEFAULT 'ml',
    conf_level double precision DEFAULT 0.95
) RETURNS SETOF nuso.lca_outcome
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 20 COST 10000
AS 'MODULE_PATHNAME', 'nuso_clustered_lca_three_step';
COMMENT ON FUNCTION nuso.lca_three_step(nuso.lca_model, nuso.clustered, text, double precision) IS
'The same for children in clusters: outcomes is cluster_agg over such tables, one a municipality. Variances between clusters, t of clusters - 1 degrees of freedom. Error 54000 also for more than 1024 classes times outcomes.';

CREATE TYPE nuso.lca_outcome_pair AS (
    class_a integer,
    class_b integer,
    outcome text,
    difference double precision,
    difference_lower double precision,
    difference_upper double precision,
    std_error double precision,
    statistic double precision,
    df double precision,
    p_value double precision,
    p_adjusted double precision,
    method text,
    status text
);
COMMENT ON TYPE nuso.lca_outcome_pair IS
'Two latent classes side by side: the share of the outcome in class_a less that in class_b, both corrected for errors of assignment, -1 to 1, with the interval of this pair alone; statistic is z, or t where there are df (clusters); p_adjusted: by Holm over the pairs of this outcome. method and status as in lca_outcome; boundary: one of the shares is 0 or 1 (or beyond), the bounds take it as known.';

CREATE FUNCTION nuso.lca_three_step_pairs(
    model nuso.lca_model,
    outcomes nuso.crosstab,
    method text DEFAULT 'ml',
    conf_level double precision DEFAULT 0.95
) RETURNS SETOF nuso.lca_outcome_pair
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 100 COST 10000
AS 'MODULE_PATHNAME', 'nuso_lca_three_step_pairs';
COMMENT ON FUNCTION nuso.lca_three_step_pairs(nuso.lca_model, nuso.crosstab, text, double precision) IS
'Which latent classes differ in an outcome? One row a pair of classes, outcome by outcome. Arguments, NULLs and errors as lca_three_step; 54000 also for more than 1,048,576 rows.';

CREATE FUNCTION nuso.lca_three_step_pairs(
    model nuso.lca_model,
    outcomes nuso.clustered,
    method text DEFAULT 'ml',
    conf_level double precision DEFAULT 0.95
) RETURNS SETOF nuso.lca_outcome_pair
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 100 COST 10000
AS 'MODULE_PATHNAME', 'nuso_clustered_lca_three_step_pairs';
COMMENT ON FUNCTION nuso.lca_three_step_pairs(nuso.lca_model, nuso.clustered, text, double precision) IS
'The same for children in clusters.';

CREATE FUNCTION nuso.lca_three_step_test(
    model nuso.lca_model,
    outcomes nuso.crosstab,
    method text DEFAULT 'ml'
) RETURNS nuso.test_result
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000
AS 'MODULE_PATHNAME', 'nuso_lca_three_step_test';
COMMENT ON FUNCTION nuso.lca_three_step_test(nuso.lca_model, nuso.crosstab, text) IS
'Do latent classes differ in an outcome at all? Wald''s test that all have the same shares, chi-square on (classes - 1)(outcomes - 1) degrees of freedom; classes that nobody is of are left out. method: that of the shares, as in lca_three_step. status: ok; boundary (a share is 0 or 1, or beyond: the result, if there is one, is a rough guide; chisq_test of the table tests the same); zero_margin for one class or outcome; too_few where covariances are singular; empty, not_identified or that of a model without a fit. NULL if an argument is. Errors as lca_three_step; 54000 also for more than 512 degrees of freedom.';

CREATE FUNCTION nuso.lca_three_step_test(
    model nuso.lca_model,
    outcomes nuso.clustered,
    method text DEFAULT 'ml'
) RETURNS nuso.test_result
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000
AS 'MODULE_PATHNAME', 'nuso_clustered_lca_three_step_test';
COMMENT ON FUNCTION nuso.lca_three_step_test(nuso.lca_model, nuso.clustered, text) IS
'The same for children in clusters: F on df and clusters - df degrees of freedom (Korn and Graubard 1990). status also too_few for no more clusters than df, few_clusters for fewer than 20 (the test stands).';
