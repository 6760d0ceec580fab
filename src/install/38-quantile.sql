-- Quantiles and levels of a distribution

CREATE FUNCTION nuso.median(d nuso.distribution) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_median';
COMMENT ON FUNCTION nuso.median(nuso.distribution) IS
'Median, in the unit of the values: quantile(d, 0.5). NULL without children, and for NULL.';

CREATE FUNCTION nuso.quantile(d nuso.distribution, p double precision) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_quantile';
COMMENT ON FUNCTION nuso.quantile(nuso.distribution, double precision) IS
'Quantile, in the unit of the values: linear interpolation between order statistics at (n - 1) p, type 7 of Hyndman and Fan (1996), the number that percentile_cont(p) gives on the rows. NULL without children, and if an argument is NULL. Error 22023 for a probability not between 0 and 1.';

CREATE FUNCTION nuso.quantiles(d nuso.distribution, p double precision[]) RETURNS double precision[]
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_quantiles';
COMMENT ON FUNCTION nuso.quantiles(nuso.distribution, double precision[]) IS
'Several quantiles at once, in an array of the same shape; fastest if p rises. An element is NULL without children or where p is NULL; NULL if an argument is NULL. Error 22023 for a probability not between 0 and 1.';

CREATE FUNCTION nuso.quantile_interval(
    d nuso.distribution,
    p double precision,
    conf_level double precision DEFAULT 0.95
) RETURNS nuso.interval_estimate
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_quantile_interval';
COMMENT ON FUNCTION nuso.quantile_interval(nuso.distribution, double precision, double precision) IS
'Confidence interval of a quantile between two of the values, by binomial order statistics (Conover 1999, 3.2): valid whatever the distribution, and conservative: it covers at least at the level asked for. A bound that so few children cannot give is NULL with status too_few; no children: empty. NULL if an argument is NULL. Error 22023 for a probability not between 0 and 1 or a level not strictly between 0 and 1.';

CREATE FUNCTION nuso.share_at_least(d nuso.distribution, level double precision) RETURNS nuso.proportion
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_share_at_least';
COMMENT ON FUNCTION nuso.share_at_least(nuso.distribution, double precision) IS
'The children who reach a level (have this value or a higher one), as a proportion for confint, compare and the other statistics of proportions. An empty proportion without children. NULL if an argument is NULL.';

CREATE FUNCTION nuso.levels(d nuso.distribution, conf_level double precision DEFAULT 0.95) RETURNS SETOF nuso.level_share
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10
AS 'MODULE_PATHNAME', 'nuso_levels';
COMMENT ON FUNCTION nuso.levels(nuso.distribution, double precision) IS
'One row a value, in ascending order: how many children have it, their share, and the share who reach it with its Wilson interval. What to show of an ordered scale instead of a mean. No rows without children, and for NULL. Error 22023 for a level not strictly between 0 and 1.';
