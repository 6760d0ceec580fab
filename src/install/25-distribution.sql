-- Distributions: how often each value of a number was seen

--@summary distribution extended 512

COMMENT ON TYPE nuso.distribution IS
'Summary of a number: how many children have each value, sorted by value; what rank statistics and quantiles are made of. At most 512 MB, which are about six million distinct values. Text form: {"n_not_finite": 0, "values": [{"value": 1.5, "count": 3}]}.';

CREATE FUNCTION nuso.distribution_accum(nuso.distribution, x double precision) RETURNS nuso.distribution
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_distribution_accum';
COMMENT ON FUNCTION nuso.distribution_accum(nuso.distribution, double precision) IS
'Support function: counts one value into the state of distribution_agg.';

CREATE FUNCTION nuso.distribution_accum(nuso.distribution, x integer) RETURNS nuso.distribution
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_distribution_integer_accum';
COMMENT ON FUNCTION nuso.distribution_accum(nuso.distribution, integer) IS
'Support function: counts one value into the state of distribution_agg.';

--@aggregate distribution 512 distribution_final distribution_agg(x double precision)
COMMENT ON AGGREGATE nuso.distribution_agg(double precision) IS
'Summary of a number over rows. Rows where it is NULL are not counted, those where it is NaN or infinite are counted apart (n_not_finite); no rows give an empty summary. Error 54000 for more distinct values than fit into 512 MB.';

--@aggregate distribution 512 distribution_final distribution_agg(x integer)
COMMENT ON AGGREGATE nuso.distribution_agg(integer) IS
'Summary of a whole number (an age, a step of a ladder) over rows. Rows where it is NULL are not counted; no rows give an empty summary. Error 54000 for more distinct values than fit into 512 MB.';

CREATE FUNCTION nuso.n_not_finite(d nuso.distribution) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_n_not_finite';
COMMENT ON FUNCTION nuso.n_not_finite(nuso.distribution) IS
'How many values were NaN or infinite: they are counted here and nowhere else. NULL for NULL.';

--@summary distribution_groups extended 1024 children

COMMENT ON TYPE nuso.distribution_groups IS
'State of the aggregates over several distributions (kruskal_test, jonckheere_test): group and value -> how many. Text form: {"ordered": 2, "groups": 0, "values": [{"group": 1, "value": 2, "count": 3}]}; ordered is 0 without rows, 1 where groups have no name, 2 where the user ordered them.';

CREATE FUNCTION nuso.distribution_groups_accum(nuso.distribution_groups, d nuso.distribution) RETURNS nuso.distribution_groups
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_distribution_groups_accum';
COMMENT ON FUNCTION nuso.distribution_groups_accum(nuso.distribution_groups, nuso.distribution) IS
'Support function: adds one group without a name to the state.';

CREATE FUNCTION nuso.distribution_groups_accum(nuso.distribution_groups, d nuso.distribution, group_order integer) RETURNS nuso.distribution_groups
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_distribution_groups_accum';
COMMENT ON FUNCTION nuso.distribution_groups_accum(nuso.distribution_groups, nuso.distribution, integer) IS
'Support function: adds one group to the state at its place in the order; rows with the same place are one group.';
