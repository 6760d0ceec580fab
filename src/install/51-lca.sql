-- Latent classes: a model is fitted once, kept, and asked

--@value lca_model extended

COMMENT ON TYPE nuso.lca_model IS
'A fitted model of latent classes: shares of the classes, the probability of each item in each class, their standard errors, how children were assigned, and how the fit went. Made by lca_fit; a value like any other, which may be stored, sent and asked, but two of them cannot be merged. Classes are numbered from 1, by share, largest first; item j is bit j of a mask. About 16 bytes a class and item. Text form: {"status": "ok", "classes": 2, "items": 4, "n": 216, ..., "shares": [0.72, 0.28], "probabilities": [...]}, where lists over classes and items go class by class.';

CREATE FUNCTION nuso.lca_fit(
    p nuso.patterns,
    classes integer,
    items integer,
    starts integer DEFAULT 20,
    seed bigint DEFAULT 1,
    finish integer DEFAULT 5,
    tolerance double precision DEFAULT 1e-10,
    max_iterations integer DEFAULT 10000,
    pseudo_count double precision DEFAULT 0,
    standard_errors boolean DEFAULT true
) RETURNS nuso.lca_model
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000000
AS 'MODULE_PATHNAME', 'nuso_lca_fit';
COMMENT ON FUNCTION nuso.lca_fit(nuso.patterns, integer, integer, integer, bigint, integer, double precision, integer, double precision, boolean) IS
'Latent class analysis of yes-or-no items: so many classes (1 to 64) of the first so many items (bits 0 to items - 1; 1 to 63), by maximum likelihood. Items that were not observed are missing at random (Little and Rubin). From so many random starts, each a short run; the best `finish` of them go on until the log-likelihood rises by less than the tolerance, relatively, an iteration. The same bits for the same patterns, settings and seed, on any plan. pseudo_count: children added to each class, half of whom have each item, which keeps probabilities off 0 and 1 (0: none). standard_errors: from the observed information (Louis 1982), for up to 2048 parameters. NULL if an argument is. Thin data: a model whose status says why, see lca_fit_stats. Errors: 22023 for settings out of range or a pattern with an item beyond the last, 54000 for more than memory can hold.';

CREATE TYPE nuso.lca_stats AS (
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
    starts bigint,
    starts_at_best bigint,
    iterations bigint,
    converged boolean,
    starts_finished bigint,
    classes integer,
    items integer,
    n_unobserved bigint,
    patterns bigint,
    smallest_share double precision,
    mean_posterior double precision,
    boundary integer,
    seed bigint,
    pseudo_count double precision,
    status text
);
COMMENT ON TYPE nuso.lca_stats IS
'How a fit of latent classes went. n children of whom an item was observed (n_unobserved: of whom none was), in so many patterns. parameters: classes - 1 + classes times items that were observed of anybody. aic, bic, abic (Sclove''s adjustment): smaller is better. entropy: relative (Ramaswamy et al. 1993), 1 where every child''s class is certain, 0 where nothing is known; NULL for one class. g2, x2, df: against all patterns that could be, NULL unless every item was observed of everybody; df may be negative. smallest_share of a class; mean_posterior of the likeliest class. Of the starts so many were finished, of which so many ended at the best optimum within 1e-6: if it is one of many, try more starts. iterations of the best start. boundary: probabilities at exactly 0 or 1 of items that vary. status: ok, empty, too_few (fewer patterns than classes), no_variation (each item is the same in all children), not_converged (the numbers are of where the iterations ended).';

CREATE FUNCTION nuso.lca_fit_stats(model nuso.lca_model) RETURNS nuso.lca_stats
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_lca_fit_stats';
COMMENT ON FUNCTION nuso.lca_fit_stats(nuso.lca_model) IS
'Size and fit of a model: likelihood, information criteria, tests of fit, entropy, starts. Read from the model, at no cost. NULL for NULL.';

CREATE TYPE nuso.lca_class AS (
    class integer,
    share double precision,
    item integer,
    probability double precision,
    share_std_error double precision,
    share_lower double precision,
    share_upper double precision,
    std_error double precision,
    lower double precision,
    upper double precision,
    status text
);
COMMENT ON TYPE nuso.lca_class IS
'An item in a class: the share of the class (from 1, the largest) and the probability of the item (its bit, from 0) in it, 0 to 1, with standard errors and bounds on the scale of logits, which are NULL where there are none. status is that of the item: ok, boundary (probability 0 or 1: no bounds), constant (the item is the same in all children), not_observed (of nobody: no probability), not_identified (other parameters describe the data as well: no bounds), or that of the model where it is not fitted.';

CREATE FUNCTION nuso.lca_classes(model nuso.lca_model, conf_level double precision DEFAULT 0.95)
RETURNS SETOF nuso.lca_class
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 100
AS 'MODULE_PATHNAME', 'nuso_lca_classes';
COMMENT ON FUNCTION nuso.lca_classes(nuso.lca_model, double precision) IS
'The classes of a model: one row a class and item. No rows for NULL. Error 22023 for a level not strictly between 0 and 1.';

CREATE FUNCTION nuso.lca_posterior(
    model nuso.lca_model,
    present bigint,
    observed bigint DEFAULT 9223372036854775807
) RETURNS double precision[]
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'nuso_lca_posterior';
COMMENT ON FUNCTION nuso.lca_posterior(nuso.lca_model, bigint, bigint) IS
'The probability of each class, from the first, for a child with this pattern: Bayes'' rule with the model''s shares. present: mask of the items that it has; observed: of those that were looked at, all without it. NULL where none of the model''s items was observed, where every class gives the pattern probability 0, and of a model without a fit. Errors: 22023 for an item that is present beyond the model''s, 22003 for a negative mask.';

CREATE FUNCTION nuso.lca_classify(
    model nuso.lca_model,
    present bigint,
    observed bigint DEFAULT 9223372036854775807,
    threshold double precision DEFAULT 0
) RETURNS integer
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2
AS 'MODULE_PATHNAME', 'nuso_lca_classify';
COMMENT ON FUNCTION nuso.lca_classify(nuso.lca_model, bigint, bigint, double precision) IS
'The likeliest class of a child with this pattern, the first of several: an integer from 1. NULL where its probability is below the threshold (0 to 1), and where lca_posterior is NULL. The same answer for ever from the same model. Errors: 22023 for an item that is present beyond the model''s and for a threshold out of range, 22003 for a negative mask.';

CREATE TYPE nuso.lca_class_share AS (
    class integer,
    n bigint,
    n_impossible bigint,
    n_modal bigint,
    share_modal double precision,
    share_posterior double precision,
    share double precision,
    share_lower double precision,
    share_upper double precision,
    std_error double precision,
    status text
);
COMMENT ON TYPE nuso.lca_class_share IS
'How common a class is among n children (n_impossible more have a pattern that no class can have). n_modal of them have it as their likeliest class: share_modal is biased, for the assignment errs. share_posterior: mean probability of the class, drawn towards the shares of the model. share: maximum likelihood with the items'' probabilities of the model, with standard error (which takes those as known) and bounds on the scale of logits. status: ok, boundary (the share is 0 or 1: no bounds), not_identified (classes that these items cannot tell apart: no share), not_converged, empty (no children), or that of the model.';

CREATE FUNCTION nuso.lca_shares(model nuso.lca_model, p nuso.patterns, conf_level double precision DEFAULT 0.95)
RETURNS SETOF nuso.lca_class_share
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10 COST 10000
AS 'MODULE_PATHNAME', 'nuso_lca_shares';
COMMENT ON FUNCTION nuso.lca_shares(nuso.lca_model, nuso.patterns, double precision) IS
'How common the classes of a model are among these children, who may be others than those it was fitted to: one row a class. No rows for NULL. Errors: 22023 for a level not strictly between 0 and 1 and for an item that is present beyond the model''s.';
