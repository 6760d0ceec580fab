-- How many latent classes: criteria, and a test by simulation

CREATE TYPE nuso.lca_candidate AS (
    classes integer,
    log_likelihood double precision,
    parameters bigint,
    aic double precision,
    bic double precision,
    abic double precision,
    entropy double precision,
    g2 double precision,
    x2 double precision,
    df double precision,
    n bigint,
    smallest_share double precision,
    starts integer,
    starts_at_best integer,
    boundary integer,
    converged boolean,
    selected boolean,
    status text
);
COMMENT ON TYPE nuso.lca_candidate IS
'A number of latent classes and its fit: the columns of lca_fit_stats of the same name, and selected: the least BIC of all numbers of classes whose search ended. entropy (relative, 0 to 1; 1: every child has a class of its own) is NULL for one class; g2, x2 and df where items are missing. smallest_share is from 0 to 1. starts_at_best: how many of the starts that went to the end reached the best likelihood. boundary: probabilities of 0 or 1. n counts children of whom an item was observed.';

CREATE FUNCTION nuso.lca_select(
    p nuso.patterns,
    items integer,
    min_classes integer,
    max_classes integer,
    starts integer DEFAULT 20,
    seed bigint DEFAULT 1,
    finish integer DEFAULT 5,
    tolerance double precision DEFAULT 1e-10,
    max_iterations integer DEFAULT 10000,
    pseudo_count double precision DEFAULT 0
) RETURNS SETOF nuso.lca_candidate
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 5 COST 1000000
AS 'MODULE_PATHNAME', 'nuso_lca_select';
COMMENT ON FUNCTION nuso.lca_select(nuso.patterns, integer, integer, integer, integer, bigint, integer, double precision, integer, double precision) IS
'How many latent classes do the first so many items need? Fits each number from min_classes to max_classes (1 to 64; one class: items are independent) as lca_fit does, one row each; selected is the least BIC (Schwarz 1978) among those whose search ended. Settings as lca_fit. A number that cannot be fitted is a row of NULLs: status empty, no_variation, too_few (fewer patterns than classes); not_converged has values but is not selected. No rows if an argument is NULL. Errors: 22023 for a setting out of its range, min_classes above max_classes, or an item present beyond the first so many.';

CREATE TYPE nuso.lca_bootstrap_result AS (
    statistic double precision,
    p_value double precision,
    p_lower double precision,
    p_upper double precision,
    log_likelihood_fewer double precision,
    log_likelihood double precision,
    n bigint,
    replicates integer,
    starts integer,
    method text,
    status text
);
COMMENT ON TYPE nuso.lca_bootstrap_result IS
'A test of a number of latent classes against one fewer: likelihood ratio statistic, p-value from so many simulated data sets, its 95 percent interval (what more replicates would tend to, Clopper and Pearson), both log-likelihoods, children of whom an item was observed, replicates that could be fitted, random starts of each fit.';

CREATE FUNCTION nuso.lca_bootstrap_test(
    p nuso.patterns,
    classes integer,
    items integer,
    replicates integer DEFAULT 99,
    starts integer DEFAULT 20,
    seed bigint DEFAULT 1
) RETURNS nuso.lca_bootstrap_result
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000000
AS 'MODULE_PATHNAME', 'nuso_lca_bootstrap_test';
COMMENT ON FUNCTION nuso.lca_bootstrap_test(nuso.patterns, integer, integer, integer, integer, bigint) IS
'Are so many latent classes more than one fewer, beyond chance? Likelihood ratio test by parametric bootstrap (McLachlan 1987; Nylund, Asparouhov and Muthen 2007), method bootstrap: data sets are drawn from the model of one class fewer, each child with the items that were observed of it, and both models fitted to each; p_value = (1 + replicates with at least this statistic) / (1 + replicates). The same for the same seed. NULLs with status empty, no_variation, too_few (fewer patterns than classes); not_converged where a search of the data did not end: values as far as it came. NULL if an argument is NULL. Errors: 22023 for fewer than 2 classes, fewer than 1 replicate, other settings out of their range, or an item present beyond the first so many.';
