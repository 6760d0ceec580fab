-- Two proportions, a part and the rest, a fixed target

CREATE FUNCTION nuso.compare(
    a nuso.proportion,
    b nuso.proportion,
    conf_level double precision DEFAULT 0.95,
    test text DEFAULT 'auto'
) RETURNS nuso.comparison
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_compare';
COMMENT ON FUNCTION nuso.compare(nuso.proportion, nuso.proportion, double precision, text) IS
'Compares two independent proportions: difference with Newcombe''s hybrid score interval (1998), risk ratio and odds ratio with score intervals (Koopman 1984; Miettinen and Nurminen 1985), and a two-sided test: auto (default: n-1 where every expected count is at least 1, else fisher-mid-p; Campbell 2007), pearson, n-1, yates, fisher, fisher-mid-p. A group without children: status empty. Nobody or everybody in both groups has the event: no p-value, status zero_margin. An exact test of more than 2^53 children: status not_converged. NULL if an argument is NULL. Errors: 22023 for a level not strictly between 0 and 1 or an unknown test, 22003 if the children of both groups do not fit a bigint.';

CREATE FUNCTION nuso.compare_to_rest(
    part nuso.proportion,
    whole nuso.proportion,
    conf_level double precision DEFAULT 0.95,
    test text DEFAULT 'auto'
) RETURNS nuso.comparison
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_compare_to_rest';
COMMENT ON FUNCTION nuso.compare_to_rest(nuso.proportion, nuso.proportion, double precision, text) IS
'Compares a part (a) with the rest of the whole that contains it (b): compare(part, whole - part). A test of the part against the whole would ignore that they overlap. As compare; error 22000 if the part is not contained in the whole.';

CREATE FUNCTION nuso.compare_to_target(
    p nuso.proportion,
    target double precision,
    conf_level double precision DEFAULT 0.95
) RETURNS nuso.test_result
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_compare_to_target';
COMMENT ON FUNCTION nuso.compare_to_target(nuso.proportion, double precision, double precision) IS
'Tests a proportion against a fixed number between 0 and 1 (a goal, last year''s published share): score test, statistic is z, and p is below 1 - level exactly where the Wilson interval at that level leaves the target out; conf_level is checked but does not change the result. Where fewer than one event or one other child is expected: the exact binomial mid-P (method binomial-mid-p), without a statistic. No children: status empty. NULL if an argument is NULL. Error 22023 for a target or a level not strictly between 0 and 1.';

CREATE FUNCTION nuso.difference_interval(
    a nuso.proportion,
    b nuso.proportion,
    conf_level double precision DEFAULT 0.95,
    method text DEFAULT 'newcombe'
) RETURNS nuso.interval_estimate
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_difference_interval';
COMMENT ON FUNCTION nuso.difference_interval(nuso.proportion, nuso.proportion, double precision, text) IS
'Confidence interval of the difference of two independent proportions, a minus b, from -1 to 1. Methods: newcombe (default; 1998, method 10), miettinen-nurminen (1985). A group without children: NULLs with status empty. NULL if an argument is NULL. Error 22023 for a level not strictly between 0 and 1 or an unknown method.';

CREATE FUNCTION nuso.odds_ratio_interval(
    a nuso.proportion,
    b nuso.proportion,
    conf_level double precision DEFAULT 0.95,
    method text DEFAULT 'miettinen-nurminen'
) RETURNS nuso.interval_estimate
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_odds_ratio_interval';
COMMENT ON FUNCTION nuso.odds_ratio_interval(nuso.proportion, nuso.proportion, double precision, text) IS
'Confidence interval of the odds ratio of two independent proportions, a over b, from 0. Methods: miettinen-nurminen (default; score interval, 1985, as in compare), exact (Cornfield 1956, inverts Fisher''s exact test one side at a time), mid-p (the same with half of the observed table; Berry and Armitage 1995). The estimate of the last two is the conditional maximum likelihood one, given all margins; that of the first is the ratio of the observed odds. What would be infinite is NULL. A group without children: NULLs with status empty. Nobody or everybody in both groups has the event: NULLs with status zero_margin. exact and mid-p of more than 1e12 children: status not_converged. NULL if an argument is NULL. Errors: 22023 for a level not strictly between 0 and 1 or an unknown method, 22003 if the children of both groups do not fit a bigint (exact and mid-p).';
