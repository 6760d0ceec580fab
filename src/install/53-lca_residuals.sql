-- Latent classes: do items go together within classes?

CREATE TYPE nuso.lca_residual AS (
    item_a integer,
    item_b integer,
    n bigint,
    observed double precision,
    expected double precision,
    residual double precision,
    statistic double precision,
    p_value double precision,
    p_adjusted double precision,
    replicates integer,
    status text
);
COMMENT ON TYPE nuso.lca_residual IS
'Two items (their bits, from 0) among the n children of whom both were observed: children who have both, the number that the model expects, the residual of that number ((observed - expected) / root of expected: more than 0 where more children have both), Pearson''s chi-square over the four combinations, its p-value by simulation, and the same adjusted by Holm for all pairs. replicates: data sets that p rests on. status: ok, not_observed (no child has both observed), boundary (there are children that the model says there cannot be: no statistic), or that of the model.';

CREATE FUNCTION nuso.lca_residuals(
    model nuso.lca_model,
    p nuso.patterns,
    replicates integer DEFAULT 0,
    seed bigint DEFAULT 1
) RETURNS SETOF nuso.lca_residual
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 100 COST 1000000
AS 'MODULE_PATHNAME', 'nuso_lca_residuals';
COMMENT ON FUNCTION nuso.lca_residuals(nuso.lca_model, nuso.patterns, integer, bigint) IS
'Bivariate residuals (Vermunt and Magidson 2005): which pairs of items go together more, or less, than the model''s classes explain? One row a pair of items. p: the patterns that the model was fitted to. The statistic has no chi-square distribution, so p-values come from so many data sets that are drawn from the model, each child with the items that were observed of it, and to which the model is fitted again (Oberski, van Kollenburg and Vermunt 2013); without replicates (0, the default) they are NULL. The same for the same seed. Statistics are NULL for a model without a fit. No rows if an argument is NULL, or for one item. Errors: 22023 for negative replicates and for an item present beyond the model''s; 54000 with replicates beyond 2^53 children or 2 GB of room.';
