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

/*
 * The gaps of such clusters at the ages of whose variance they tell something:
 * those with children in two clusters or more.  Linearised variances and
 * covariances; where no cluster deviates, the variance of independent
 * children.  Degrees of freedom: clusters - 1.
 *
 * NK_EMPTY: no children.  NK_TOO_FEW: no such age.  NK_FEW_CLUSTERS: the gaps
 * stand.  NK_NOT_CURVES: not made of age curves.  NK_BAD_SUMMARY: products
 * that no clusters have.
 */
extern NkStatus nk_clustered_gaps(const NkCrosstab *clustered,
								  NkGapKind kind, NkGaps *gaps);

#pragma GCC visibility pop

#endif							/* NK_CLUSTERED_CURVE_H */
