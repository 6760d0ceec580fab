-- Two groups compared within strata

CREATE FUNCTION nuso.mantel_haenszel_final(nuso.proportion_strata) RETURNS nuso.mantel_haenszel_result
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_mantel_haenszel_final';
COMMENT ON FUNCTION nuso.mantel_haenszel_final(nuso.proportion_strata) IS
'Support function: the comparison over the strata of the state.';

--@aggregate proportion_strata 1024 mantel_haenszel_final mantel_haenszel(a nuso.proportion, b nuso.proportion)
COMMENT ON AGGREGATE nuso.mantel_haenszel(nuso.proportion, nuso.proportion) IS
'Compares two groups, a and b, within strata, one a row: Mantel and Haenszel''s test (1959) without continuity correction, the common odds ratio (Robins, Breslow and Greenland 1986), risk ratio (Greenland and Robins 1985) and risk difference (Sato 1989), and whether the odds ratio is the same in all strata (Breslow and Day 1980 with Tarone''s correction 1985). Strata in which a group has no children drop out, rows with a NULL are skipped; n and strata say what is left. Nothing left: status empty. No stratum with both events and children without: zero_margin, no test, but what else is defined. The same bits for every order of the rows. Intervals at 95 per cent. Error 22003 if the children of all strata do not fit a bigint.';

--@aggregate proportion_strata 1024 mantel_haenszel_final mantel_haenszel(a nuso.proportion, b nuso.proportion, conf_level double precision)
COMMENT ON AGGREGATE nuso.mantel_haenszel(nuso.proportion, nuso.proportion, double precision) IS
'The same with a confidence level, which must be the same in all rows. Errors: 22023 for a level not strictly between 0 and 1 or different ones, 22003 if the children of all strata do not fit a bigint.';
