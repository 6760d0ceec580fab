-- Latent classes: do they mean the same in two groups?

CREATE TYPE nuso.lca_invariance AS (
    item integer,
    statistic double precision,
    df double precision,
    p_value double precision,
    p_adjusted double precision,
    n_a bigint,
    n_b bigint,
    method text,
    status text
);
COMMENT ON TYPE nuso.lca_invariance IS
'A likelihood ratio test that item probabilities are the same in two groups: of all items together (item is NULL), or of one (its bit, from 0) while the others are the same; chi-square on df degrees of freedom. p_adjusted (Holm) counts all items. n_a, n_b: children of whom an item was observed. df counts one a class and item, but not those at 0 or 1 in both groups, which cannot differ. status: ok, boundary (a share is 0, or a probability of an item that varies 0 or 1: the p-value is a guide), not_observed (an item of nobody in one of the groups), constant (an item that all or none have), or of the whole test empty, no_variation, too_few (fewer patterns than classes), not_converged.';

CREATE FUNCTION nuso.lca_invariance_test(
    a nuso.patterns,
    b nuso.patterns,
    classes integer,
    items integer,
    starts integer DEFAULT 20,
    seed bigint DEFAULT 1
) RETURNS SETOF nuso.lca_invariance
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 20 COST 1000000
AS 'MODULE_PATHNAME', 'nuso_lca_invariance_test';
COMMENT ON FUNCTION nuso.lca_invariance_test(nuso.patterns, nuso.patterns, integer, integer, integer, bigint) IS
'Are latent classes the same ones in two groups, or two waves (Clogg and Goodman 1985)? Shares of the classes may differ; item probabilities are the same in both groups, or not. Method likelihood-ratio. First one row of all items, then one an item (1 to 62 items). Each group''s children must be others: two waves of the same children are not independent. No rows if an argument is NULL. Errors: 22023 for a setting out of its range or an item present beyond the first so many.';
