-- Clusters: children who sit in municipalities

--@summary clustered extended 1024

COMMENT ON TYPE nuso.clustered IS
'Summary of children in clusters: a table of counts with labels, summed over clusters, and the sums over clusters of the products of any two cells. A proportion over clusters is the table of one row, labelled with the empty text, and the columns false and true. At most 256 cells.';

CREATE FUNCTION nuso.clustered_accum(nuso.clustered, cluster nuso.proportion) RETURNS nuso.clustered
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_clustered_proportion_accum';
COMMENT ON FUNCTION nuso.clustered_accum(nuso.clustered, nuso.proportion) IS
'Support function: adds one cluster to the state of cluster_agg.';

CREATE FUNCTION nuso.clustered_accum(nuso.clustered, cluster nuso.crosstab) RETURNS nuso.clustered
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_clustered_crosstab_accum';
COMMENT ON FUNCTION nuso.clustered_accum(nuso.clustered, nuso.crosstab) IS
'Support function: adds one cluster to the state of cluster_agg.';

--@aggregate clustered 1024 clustered_final cluster_agg(cluster nuso.proportion)
COMMENT ON AGGREGATE nuso.cluster_agg(nuso.proportion) IS
'Summary of a share over clusters: each input row is one cluster, such as a municipality, with all of its children. NULLs are skipped, clusters without children are not counted; no rows give an empty summary.';

--@aggregate clustered 1024 clustered_final cluster_agg(cluster nuso.crosstab)
COMMENT ON AGGREGATE nuso.cluster_agg(nuso.crosstab) IS
'Summary of a table over clusters: each input row is one cluster, such as a municipality, with all of its children. Clusters need not have the same labels. NULLs are skipped, clusters without children are not counted; no rows give an empty summary. Error 54000 where the table over all clusters would have more than 256 cells.';

CREATE FUNCTION nuso.clusters(c nuso.clustered) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_clusters';
COMMENT ON FUNCTION nuso.clusters(nuso.clustered) IS
'Number of clusters that have children. NULL for NULL.';

CREATE FUNCTION nuso.estimate(c nuso.clustered) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_clustered_estimate';
COMMENT ON FUNCTION nuso.estimate(nuso.clustered) IS
'Share of the children who have the fact (of the second column), over all clusters, from 0 to 1. NULL for NULL and for an empty summary. Error 22023 for a table of more than one row or two columns.';

CREATE FUNCTION nuso.confint(
    c nuso.clustered,
    conf_level double precision DEFAULT 0.95,
    method text DEFAULT 'logit'
) RETURNS nuso.interval_estimate
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_clustered_confint';
COMMENT ON FUNCTION nuso.confint(nuso.clustered, double precision, text) IS
'Confidence interval of a share over clusters, from 0 to 1, with the linearised variance between clusters. Methods: logit (default; t of clusters - 1 degrees of freedom on the logit scale), linear (the same without the logit), korn-graubard (1998; Clopper-Pearson with the effective number of children; for shares near 0 and 1), wilson (with the effective number of children; Short et al. 2020). Where nobody or everybody has the fact, or all clusters have the same share, korn-graubard runs whatever was asked, and method says so. No children: status empty. One cluster: no interval, status too_few. Fewer than 20 clusters: status few_clusters, the interval stands. NULL if an argument is NULL. Error 22023 for a level not strictly between 0 and 1, an unknown method or a table of more than one row or two columns.';

CREATE FUNCTION nuso.design_effect(c nuso.clustered) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_design_effect';
COMMENT ON FUNCTION nuso.design_effect(nuso.clustered) IS
'How many times larger the variance of a share over clusters is than that of as many children without clusters; 1 or less where clusters do not matter. n / design_effect is the effective number of children. NULL for NULL, for fewer than two clusters, and where nobody or everybody has the fact. Error 22023 for a table of more than one row or two columns.';

CREATE FUNCTION nuso.difference_interval(
    c nuso.clustered,
    conf_level double precision DEFAULT 0.95
) RETURNS nuso.interval_estimate
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_clustered_difference_interval';
COMMENT ON FUNCTION nuso.difference_interval(nuso.clustered, double precision) IS
'Difference of two groups that were seen in the same clusters, from -1 to 1: the share of the second column in the first row minus that in the second row, rows and columns in the order of their labels (false before true). Linearised variance with one residual a cluster for both groups, t of clusters - 1 degrees of freedom. A group without children: status empty. A group in fewer than two clusters: no interval, status too_few. All clusters alike: no interval, status no_variation. Fewer than 20 clusters: status few_clusters, the interval stands. NULL if an argument is NULL. Error 22023 for a level not strictly between 0 and 1 or a table of more than two rows or columns.';

CREATE FUNCTION nuso.rao_scott_test(c nuso.clustered) RETURNS nuso.test_result
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_rao_scott_test';
COMMENT ON FUNCTION nuso.rao_scott_test(nuso.clustered) IS
'Test of independence of rows and columns for children in clusters: Pearson''s statistic with the correction of second order (Rao and Scott 1984; Thomas and Rao 1987), as F on df and df2 degrees of freedom. No children: status empty. Fewer than two rows or columns with children: status zero_margin. One cluster, or too many empty cells: status too_few. No variation between clusters: status no_variation. Fewer than 20 clusters: status few_clusters, the test stands. NULL for NULL.';
