-- Paired proportions: two facts of the same child

--@summary paired_proportion plain 48

COMMENT ON TYPE nuso.paired_proportion IS
'Summary of two facts of the same child: the 2 x 2 table. Text form: {"both_true": 20, "first_only": 12, "second_only": 2, "neither": 16}.';

CREATE FUNCTION nuso.paired_proportion_accum(nuso.paired_proportion, first boolean, second boolean)
RETURNS nuso.paired_proportion
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_paired_proportion_accum';
COMMENT ON FUNCTION nuso.paired_proportion_accum(nuso.paired_proportion, boolean, boolean) IS
'Support function: counts one child into the state of paired_agg.';

--@aggregate paired_proportion 48 paired_proportion_final paired_agg(first boolean, second boolean)
COMMENT ON AGGREGATE nuso.paired_agg(boolean, boolean) IS
'Summary of two yes/no facts of the same child over rows. Rows where either is NULL are not counted; no rows give an empty summary.';

CREATE FUNCTION nuso.make_paired_proportion(
    both_true bigint, first_only bigint, second_only bigint, neither bigint
) RETURNS nuso.paired_proportion
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_make_paired_proportion';
COMMENT ON FUNCTION nuso.make_paired_proportion(bigint, bigint, bigint, bigint) IS
'A paired proportion from the four counts of its table. NULL if any is NULL. Error 22003 for a negative count or a sum out of range.';

CREATE FUNCTION nuso.confint(
    pair nuso.paired_proportion,
    conf_level double precision DEFAULT 0.95,
    method text DEFAULT 'newcombe'
) RETURNS nuso.interval_estimate
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_paired_proportion_confint';
COMMENT ON FUNCTION nuso.confint(nuso.paired_proportion, double precision, text) IS
'Confidence interval of the share with the first fact minus the share with the second, of the same children, from -1 to 1. Methods: newcombe (default; 1998, method 10), tango (1998). No children: NULLs with status empty. NULL if an argument is NULL. Error 22023 for a level not strictly between 0 and 1 or an unknown method.';

CREATE FUNCTION nuso.mcnemar_test(
    pair nuso.paired_proportion,
    method text DEFAULT 'mid-p'
) RETURNS nuso.test_result
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_mcnemar_test';
COMMENT ON FUNCTION nuso.mcnemar_test(nuso.paired_proportion, text) IS
'McNemar''s test that both facts are equally common among the same children. Methods: mid-p (default), exact, asymptotic without continuity correction (Fagerland, Lydersen and Laake 2013). No child with one fact only: p 1, status no_variation. No children: status empty. NULL if an argument is NULL. Error 22023 for an unknown method.';
