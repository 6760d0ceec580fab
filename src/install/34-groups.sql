-- Groups and strata: states of the aggregates over several proportions

--@summary proportion_groups extended 1024 groups

COMMENT ON TYPE nuso.proportion_groups IS
'State of the aggregates over several proportions (homogeneity_test, trend_test, standardisation): score, n and events of each group -> how many such groups. Text form: {"conf_level": 0.95, "groups": [{"score": 1, "n": 20, "events": 5, "times": 1}]}; conf_level is 0 where none was given.';

CREATE FUNCTION nuso.proportion_groups_accum(nuso.proportion_groups, p nuso.proportion) RETURNS nuso.proportion_groups
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_proportion_groups_accum';
COMMENT ON FUNCTION nuso.proportion_groups_accum(nuso.proportion_groups, nuso.proportion) IS
'Support function: adds one group to the state.';

CREATE FUNCTION nuso.proportion_groups_accum(nuso.proportion_groups, p nuso.proportion, score double precision) RETURNS nuso.proportion_groups
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_proportion_groups_accum';
COMMENT ON FUNCTION nuso.proportion_groups_accum(nuso.proportion_groups, nuso.proportion, double precision) IS
'Support function: adds one group with its score, weight or reference rate to the state. Error 22023 if that is not finite.';

CREATE FUNCTION nuso.proportion_groups_accum(nuso.proportion_groups, p nuso.proportion, score double precision, conf_level double precision) RETURNS nuso.proportion_groups
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_proportion_groups_accum';
COMMENT ON FUNCTION nuso.proportion_groups_accum(nuso.proportion_groups, nuso.proportion, double precision, double precision) IS
'Support function: the same with a confidence level. Error 22023 if it is not strictly between 0 and 1 or not the same in all rows.';

--@summary proportion_strata extended 1024 strata

COMMENT ON TYPE nuso.proportion_strata IS
'State of mantel_haenszel: the two proportions of each stratum -> how many such strata. Text form: {"conf_level": 0.95, "strata": [{"n_a": 20, "events_a": 5, "n_b": 10, "events_b": 1, "times": 1}]}; conf_level is 0 where none was given.';

CREATE FUNCTION nuso.proportion_strata_accum(nuso.proportion_strata, a nuso.proportion, b nuso.proportion) RETURNS nuso.proportion_strata
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_proportion_strata_accum';
COMMENT ON FUNCTION nuso.proportion_strata_accum(nuso.proportion_strata, nuso.proportion, nuso.proportion) IS
'Support function: adds one stratum to the state.';

CREATE FUNCTION nuso.proportion_strata_accum(nuso.proportion_strata, a nuso.proportion, b nuso.proportion, conf_level double precision) RETURNS nuso.proportion_strata
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_proportion_strata_accum';
COMMENT ON FUNCTION nuso.proportion_strata_accum(nuso.proportion_strata, nuso.proportion, nuso.proportion, double precision) IS
'Support function: the same with a confidence level. Error 22023 if it is not strictly between 0 and 1 or not the same in all rows.';
