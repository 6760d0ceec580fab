-- Configural frequency analysis: combinations of facts beyond chance

CREATE TYPE nuso.configural_frequency AS (
    present bigint,
    n bigint,
    expected double precision,
    ratio double precision,
    statistic double precision,
    p_value double precision,
    p_adjusted double precision,
    kind text,
    method text,
    n_complete bigint,
    n_incomplete bigint,
    status text
);
COMMENT ON TYPE nuso.configural_frequency IS
'A configuration of items: the mask of those that are present (the other chosen items are absent), how many children have it, how many would if the items were independent, their ratio, z (NULL for the binomial test), two-sided p-value, p-value adjusted for the number of configurations, kind (type: more than expected; antitype: fewer; NULL: neither), the test that was used, children of whom all chosen items were observed, children of whom one was not, and status.';

CREATE FUNCTION nuso.configural_frequencies(
    p nuso.patterns,
    items bigint,
    method text DEFAULT 'auto',
    conf_level double precision DEFAULT 0.95,
    adjust text DEFAULT 'holm'
) RETURNS SETOF nuso.configural_frequency
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 100
AS 'MODULE_PATHNAME', 'nuso_configural_frequencies';
COMMENT ON FUNCTION nuso.configural_frequencies(nuso.patterns, bigint, text, double precision, text) IS
'Which combinations of the items of a mask (2 to 20) occur more often (types) or less often (antitypes) than independent items would: first-order configural frequency analysis (von Eye 2002). Only children count of whom all these items were observed. method: lehmacher (1981; the items'' frequencies are those of the same children), lehmacher-cc (with continuity correction), binomial (conservative), auto: lehmacher where 10 or more are expected, else binomial. Adjusted (holm, hochberg, bh, by, bonferroni) over all configurations that can be tested, also those that nobody has; rows are those that somebody has, and antitypes that nobody has, by configuration. status: ok; no_variation where an item is the same in all children; one row with status empty without children. No rows for NULL. Errors: 22003 for a negative mask, 22023 for other numbers of items, a level not between 0 and 1, an unknown method.';
