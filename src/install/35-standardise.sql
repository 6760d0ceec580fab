-- Proportions as they would be in another population

CREATE FUNCTION nuso.direct_standardise_final(nuso.proportion_groups) RETURNS nuso.interval_estimate
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_direct_standardise_final';
COMMENT ON FUNCTION nuso.direct_standardise_final(nuso.proportion_groups) IS
'Support function: the standardised proportion over the groups of the state, whose scores are weights.';

--@aggregate proportion_groups 1024 direct_standardise_final direct_standardise(p nuso.proportion, weight double precision)
COMMENT ON AGGREGATE nuso.direct_standardise(nuso.proportion, double precision) IS
'A proportion as it would be if the groups, one a row, had the weights of a standard population: sum of weight times share over sum of weights, from 0 to 1, with the interval of Dobson and others (1991) around Byar''s. It is that of Poisson counts: for common events too wide rather than too narrow. Weights need not sum to 1; a group of weight 0 is no part of it. Rows with a NULL are skipped. A group with a weight but without children, or no rows: status empty; fewer than ten events: too_few, all NULL. The same bits for every order of the rows. Interval at 95 per cent. Errors: 22023 for a weight that is negative or not finite, or if none is positive; 22003 if the events of all groups do not fit a bigint.';

--@aggregate proportion_groups 1024 direct_standardise_final direct_standardise(p nuso.proportion, weight double precision, conf_level double precision)
COMMENT ON AGGREGATE nuso.direct_standardise(nuso.proportion, double precision, double precision) IS
'The same with a confidence level, which must be the same in all rows. Errors: 22023 for a level not strictly between 0 and 1 or different ones, and as without a level.';

CREATE FUNCTION nuso.indirect_standardise_final(nuso.proportion_groups) RETURNS nuso.interval_estimate
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_indirect_standardise_final';
COMMENT ON FUNCTION nuso.indirect_standardise_final(nuso.proportion_groups) IS
'Support function: observed over expected events over the groups of the state, whose scores are reference rates.';

--@aggregate proportion_groups 1024 indirect_standardise_final indirect_standardise(p nuso.proportion, reference_rate double precision)
COMMENT ON AGGREGATE nuso.indirect_standardise(nuso.proportion, double precision) IS
'Observed over expected events: how many times as many events the groups, one a row, have as they would have at the rates of a reference (from 0 to 1 a group), with exact Poisson bounds below ten events and Byar''s from ten (method says which). The bounds are for common events too wide rather than too narrow. Rows with a NULL are skipped. No children: status empty; no events expected: zero_margin. The same bits for every order of the rows. Interval at 95 per cent. Errors: 22023 for a rate outside of 0 to 1, 22003 if the events of all groups do not fit a bigint.';

--@aggregate proportion_groups 1024 indirect_standardise_final indirect_standardise(p nuso.proportion, reference_rate double precision, conf_level double precision)
COMMENT ON AGGREGATE nuso.indirect_standardise(nuso.proportion, double precision, double precision) IS
'The same with a confidence level, which must be the same in all rows. Errors: 22023 for a level not strictly between 0 and 1 or different ones, and as without a level.';
