-- Confidence intervals of one proportion

CREATE FUNCTION nuso.confint(
    p nuso.proportion,
    conf_level double precision DEFAULT 0.95,
    method text DEFAULT 'wilson'
) RETURNS nuso.interval_estimate
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_proportion_confint';
COMMENT ON FUNCTION nuso.confint(nuso.proportion, double precision, text) IS
'Confidence interval of a proportion, from 0 to 1. Methods: wilson (default; Wilson 1927), wilson-cc, clopper-pearson, mid-p, jeffreys, agresti-coull (Newcombe 1998; Brown, Cai and DasGupta 2001) and wald, only to reproduce old reports. No children: NULLs with status empty. NULL if an argument is NULL. Error 22023 for a level not strictly between 0 and 1 or an unknown method.';
