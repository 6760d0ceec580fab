-- Several proportions: are they equal? do they follow a score?

CREATE FUNCTION nuso.homogeneity_test_final(nuso.proportion_groups) RETURNS nuso.test_result
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_homogeneity_test_final';
COMMENT ON FUNCTION nuso.homogeneity_test_final(nuso.proportion_groups) IS
'Support function: the test over the groups of the state.';

--@aggregate proportion_groups 1024 homogeneity_test_final homogeneity_test(p nuso.proportion)
COMMENT ON AGGREGATE nuso.homogeneity_test(nuso.proportion) IS
'Tests that the proportions of several groups, one a row, are equal: Pearson''s chi-square of the groups by event table, df groups - 1. Groups without children do not count, NULLs are skipped. No children: status empty; nobody or everybody has the event: zero_margin; one group: too_few. The same bits for every order of the rows. Error 22003 if the children of all groups do not fit a bigint.';

CREATE FUNCTION nuso.trend_test_final(nuso.proportion_groups) RETURNS nuso.trend_result
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_trend_test_final';
COMMENT ON FUNCTION nuso.trend_test_final(nuso.proportion_groups) IS
'Support function: the test over the groups of the state and their scores.';

--@aggregate proportion_groups 1024 trend_test_final trend_test(p nuso.proportion, score double precision)
COMMENT ON AGGREGATE nuso.trend_test(nuso.proportion, double precision) IS
'Tests that the proportions of several groups, one a row, rise or fall with a score: Cochran (1954) and Armitage (1955), chi-square with df 1; beside it the departure from that trend (df groups - 2) and the slope, the change of the share a unit of score. Scores are used as they are: only the user knows their distances. Groups without children do not count, rows with a NULL are skipped. Status as in homogeneity_test, and no_variation if all scores are equal. Errors: 22023 for a score that is not finite, 22003 if the children of all groups do not fit a bigint.';
