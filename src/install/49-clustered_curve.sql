-- Age curves over clusters: children who sit in municipalities

CREATE FUNCTION nuso.clustered_accum(nuso.clustered, cluster nuso.age_curve) RETURNS nuso.clustered
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_clustered_age_curve_accum';
COMMENT ON FUNCTION nuso.clustered_accum(nuso.clustered, nuso.age_curve) IS
'Support function: adds one cluster to the state of cluster_agg.';

--@aggregate clustered 4096 clustered_final cluster_agg(cluster nuso.age_curve)
COMMENT ON AGGREGATE nuso.cluster_agg(nuso.age_curve) IS
'Summary of age curves over clusters: each input row is one cluster, such as a municipality, with all of its children. It is a table of ages by combinations of facts (none, identified, ..., identified_assessed_decided), as every summary of clusters is. Children outside the ages 0 to 20 or with a fact unknown are not in it. NULLs are skipped, clusters without children are not counted; no rows give an empty summary.';

CREATE FUNCTION nuso.curve(
    c nuso.clustered,
    conf_level double precision DEFAULT 0.95,
    smooth text DEFAULT 'p-spline',
    gap text DEFAULT 'identified'
) RETURNS SETOF nuso.curve_point
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 18
AS 'MODULE_PATHNAME', 'nuso_clustered_curve';
COMMENT ON FUNCTION nuso.curve(nuso.clustered, double precision, text, text) IS
'The curve of children who sit in clusters, made by cluster_agg(age_curve): one row an age, with the estimates of the curve of all children and intervals that know how much clusters differ, at one age and from age to age. Shares: logit-t intervals, as confint. Gaps: linearised variance and covariance (Binder 1983) with the effective number of clusters at the age, (sum of sizes) squared over the sum of squared sizes, as theirs (Kish 1965): it is the number of clusters where all have one size, and less where few are large; t on the logit of (1 + gap) / 2. Band: the same with the critical value of the largest of all ages'' correlated statistics. smooth and gap: as in curve(age_curve); the smooth is that of independent children, its band that over clusters. A gap of -1 or 1 (Clopper-Pearson with the trials of independent children) and clusters that all have the same gap (the variance of independent children) have no variance over clusters. An age whose children sit in one cluster alone: estimates without intervals and smooth, status too_few, and no part in the bands. An age without children: NULLs, status empty. Fewer than 20 clusters: status few_clusters, the intervals stand. No rows for an empty or NULL summary. Error 22023 for clusters that were not made of age curves, a level not strictly between 0 and 1, an unknown smooth or gap.';

CREATE FUNCTION nuso.gap_area(
    c nuso.clustered,
    conf_level double precision DEFAULT 0.95,
    gap text DEFAULT 'identified'
) RETURNS nuso.gap_area_result
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_clustered_gap_area';
COMMENT ON FUNCTION nuso.gap_area(nuso.clustered, double precision, text) IS
'Mean gap over ages, from -1 to 1, of children who sit in clusters, made by cluster_agg(age_curve): as gap_area(age_curve), with the variance over clusters, in which ages go together, and t of the effective number of clusters less 1. An age whose children sit in one cluster alone is no part of it. No children: NULLs with status empty; no age with children in two clusters: too_few. Fewer than 20 clusters: status few_clusters, the interval stands. NULL if an argument is NULL. Error 22023 for clusters that were not made of age curves, a level not strictly between 0 and 1 or an unknown gap.';

CREATE FUNCTION nuso.gap_area(
    c nuso.clustered,
    standard nuso.age_curve,
    conf_level double precision DEFAULT 0.95,
    gap text DEFAULT 'identified'
) RETURNS nuso.gap_area_result
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_clustered_gap_area_standard';
COMMENT ON FUNCTION nuso.gap_area(nuso.clustered, nuso.age_curve, double precision, text) IS
'Age-standardised mean gap of children who sit in clusters: as gap_area(age_curve, age_curve), with the variance over clusters. NULLs, statuses and errors as without a standard.';

CREATE FUNCTION nuso.gap_trend_test(
    c nuso.clustered,
    gap text DEFAULT 'identified'
) RETURNS nuso.trend_result
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_clustered_gap_trend_test';
COMMENT ON FUNCTION nuso.gap_trend_test(nuso.clustered, text) IS
'Tests that the gap of children who sit in clusters, made by cluster_agg(age_curve), falls or rises with age: the slope of the line through all children against its variance over clusters (Wald), F on 1 and the effective number of clusters less 1; departure from a straight line where clusters are more than ages less 2, else NULL (Korn and Graubard 1990). slope: the change of the gap a year. gap: identified (minus decided) or assessed (minus decided). An age whose children sit in one cluster alone is no part of it. No children: status empty; no age with children in two clusters: too_few; one age only: no_variation; fewer than 20 clusters: few_clusters, the test stands. NULL if an argument is NULL. Error 22023 for clusters that were not made of age curves or an unknown gap.';

CREATE FUNCTION nuso.gap_change_point(
    c nuso.clustered,
    conf_level double precision DEFAULT 0.95,
    gap text DEFAULT 'identified'
) RETURNS nuso.change_point_result
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20000
AS 'MODULE_PATHNAME', 'nuso_clustered_gap_change_point';
COMMENT ON FUNCTION nuso.gap_change_point(nuso.clustered, double precision, text) IS
'Is there an age at which the gap of children who sit in clusters, made by cluster_agg(age_curve), changes its slope, and which? As gap_change_point(age_curve), with the covariance of the ages over clusters in the place of the variances, and its degrees of freedom. An age whose children sit in one cluster alone is no part of it. No children: status empty; no age with children in two clusters, or fewer than five such ages: too_few; fewer than 20 clusters: few_clusters where there is a change point. NULL if an argument is NULL. Errors 22023 for clusters that were not made of age curves, another gap or a level not strictly between 0 and 1.';
