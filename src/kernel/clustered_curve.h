/*
 * clustered_curve.h - age curves of children who sit in municipalities
 */
#ifndef NK_CLUSTERED_CURVE_H
#define NK_CLUSTERED_CURVE_H

#include "clustered.h"
#include "gap.h"

#pragma GCC visibility push(hidden)

/*
 * An age curve as a table: the ages that have children by the combinations of
 * facts that they have, labelled as in its text form.  Its bytes, and the
 * table in a zeroed block.
 */
extern size_t nk_curve_table_size(const NkAgeCurve *curve);
extern void nk_curve_table(const NkAgeCurve *curve, NkCrosstab *block);

/* a summary of such clusters, and where it counts what */
typedef struct NkClusterCurves
{
	NkClusterTable table;
	bool		has_row[NK_CURVE_AGES];
	bool		has_column[NK_CURVE_CELLS];
	uint16_t	row[NK_CURVE_AGES];
	uint16_t	column[NK_CURVE_CELLS];
	NkAgeCurve	sum;			/* of all clusters */
} NkClusterCurves;

/* NK_EMPTY: no children.  NK_NOT_CURVES: it was made of something else. */
extern NkStatus nk_cluster_curves(const NkCrosstab *clustered,
								  NkClusterCurves *curves);

/* how many children of an age have a fact, as a share over clusters */
extern void nk_cluster_fact(const NkClusterCurves *curves, int age, int fact,
							NkEventTable *events);

/*
 * Gaps at the ages of whose variance the clusters tell something: those with
 * children in two clusters or more.  Linearised variances and covariances;
 * where no cluster deviates, the variance of independent children.  Degrees of
 * freedom are effective numbers of clusters, less 1.  Trials are those of
 * independent children: what clusters have in common at all ages makes a curve
 * no rougher.
 *
 * NK_TOO_FEW: no such age.  NK_FEW_CLUSTERS: the gaps stand.  NK_BAD_SUMMARY:
 * products that no clusters have.
 */
extern NkStatus nk_cluster_gaps(const NkClusterCurves *curves,
								NkGapKind kind, NkGaps *gaps);

/* both at once, for what needs nothing else */
extern NkStatus nk_clustered_gaps(const NkCrosstab *clustered,
								  NkGapKind kind, NkGaps *gaps);

/*
 * The status of a statistic of these gaps: an error, what the clusters lack,
 * what the statistic says itself, and last that they are few.
 */
static inline NkStatus
nk_clustered_status(NkStatus gaps, NkStatus statistic)
{
	if (statistic >= NK_FIRST_ERROR)
		return statistic;
	if (gaps != NK_OK && gaps != NK_FEW_CLUSTERS)
		return gaps;
	return statistic != NK_OK ? statistic : gaps;
}

#pragma GCC visibility pop

#endif							/* NK_CLUSTERED_CURVE_H */
