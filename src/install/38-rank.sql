-- Distributions compared by their ranks: two, several, several in an order

CREATE FUNCTION nuso.compare(
    a nuso.distribution,
    b nuso.distribution,
    conf_level double precision DEFAULT 0.95,
    test text DEFAULT 'auto'
) RETURNS nuso.rank_comparison
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_distribution_compare';
COMMENT ON FUNCTION nuso.compare(nuso.distribution, nuso.distribution, double precision, text) IS
'Compares two independent groups by the ranks of their values: medians; theta = P(a < b) + P(a = b)/2 with Newcombe''s interval (2006, method 5) and Cliff''s delta; a two-sided Mann-Whitney test with ties: auto (default: exact up to 50 children without ties, else normal-cc), exact (up to 100 children, with ties too), normal, normal-cc (with continuity correction); and the test of Brunner and Munzel (2000). A group without children: status empty. All values equal: p is 1, theta 1/2, status no_variation. An exact test of more than 100 children: not_converged. NULL if an argument is NULL. Errors: 22023 for a level not strictly between 0 and 1 or an unknown test, 22003 if the children of both groups do not fit a bigint.';

CREATE FUNCTION nuso.theta_interval(
    a nuso.distribution,
    b nuso.distribution,
    conf_level double precision DEFAULT 0.95,
    method text DEFAULT 'newcombe'
) RETURNS nuso.interval_estimate
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_theta_interval';
COMMENT ON FUNCTION nuso.theta_interval(nuso.distribution, nuso.distribution, double precision, text) IS
'Confidence interval of theta, the probability that a child of b has the higher value than one of a, half counted where they are equal; from 0 to 1. Methods: newcombe (default; 2006, method 5), brunner-munzel (2000; the one that agrees with their test). A group without children: status empty. For brunner-munzel: too_few where a group has one child, no_variation where the values are separated or all equal; the estimate stands. NULL if an argument is NULL. Error 22023 for a level not strictly between 0 and 1 or an unknown method.';

CREATE FUNCTION nuso.kruskal_test_final(nuso.distribution_groups) RETURNS nuso.test_result
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_kruskal_test_final';
COMMENT ON FUNCTION nuso.kruskal_test_final(nuso.distribution_groups) IS
'Support function: the test over the groups of the state.';

--@aggregate distribution_groups 1024 kruskal_test_final kruskal_test(d nuso.distribution)
COMMENT ON AGGREGATE nuso.kruskal_test(nuso.distribution) IS
'Tests that several groups, one a row, have the same distribution, by the ranks of their values (Kruskal and Wallis 1952) with ties: chi-square, df groups - 1. Groups without children do not count, NULLs are skipped. No children: status empty; one group: too_few; all values equal: p is 1, no_variation. Error 22003 if the children of all groups do not fit a bigint.';

CREATE FUNCTION nuso.dunn_test(counts nuso.crosstab) RETURNS SETOF nuso.rank_pair
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 100
AS 'MODULE_PATHNAME', 'nuso_dunn_test';
COMMENT ON FUNCTION nuso.dunn_test(nuso.crosstab) IS
'Compares the groups after a Kruskal-Wallis test in pairs (Dunn 1964) with ties. The rows of the table are the groups, its columns the values in ascending order: labels that are numbers are in the order of the numbers, others in that of their bytes. One row a pair, in the order of the labels, with p adjusted by Holm (1979) over all pairs. All values equal: p is 1, status no_variation. No row for fewer than two groups, and for NULL. Error 54000 for more than 2000 groups.';

CREATE FUNCTION nuso.jonckheere_test_final(nuso.distribution_groups) RETURNS nuso.jonckheere_result
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_jonckheere_test_final';
COMMENT ON FUNCTION nuso.jonckheere_test_final(nuso.distribution_groups) IS
'Support function: the test over the groups of the state.';

--@aggregate distribution_groups 1024 jonckheere_test_final jonckheere_test(d nuso.distribution, group_order integer)
COMMENT ON AGGREGATE nuso.jonckheere_test(nuso.distribution, integer) IS
'Tests whether values rise or fall from one group to the next (Jonckheere 1954, Terpstra 1952), with ties. group_order gives the groups'' order, of which only the order matters; rows with the same one are one group. Groups without children do not count, rows with a NULL are skipped. No children: status empty; one group: too_few; all values equal: p is 1, no_variation. Error 22003 if the children of all groups do not fit a bigint.';
