/*
 * clustered_points.h - shares and gaps at each age over clusters, with
 * intervals for one age and bands for all of them
 */
#ifndef NK_CLUSTERED_POINTS_H
#define NK_CLUSTERED_POINTS_H

#include "clustered_curve.h"
#include "curve_point.h"

#pragma GCC visibility push(hidden)

/* bytes, aligned for doubles, that nk_clustered_curve works in */
extern size_t nk_clustered_curve_scratch(void);

/*
 * Points from the youngest to the oldest age seen, *count of them (0 without
 * children).  Their status: NK_EMPTY; NK_TOO_FEW where all children of the age
 * sit in one cluster: estimates without intervals, and no part in bands and
 * smooths; NK_FEW_CLUSTERS where there are fewer than 20 of any age.
 * NK_NOT_CURVES, NK_BAD_SUMMARY, NK_BAD_CONF_LEVEL.
 */
extern NkStatus nk_clustered_curve(const NkCrosstab *clustered,
								   double conf_level, NkGapKind kind,
								   NkGapSmooth smooth, void *scratch,
								   NkCurvePoint points[NK_CURVE_AGES],
								   int *count);

#pragma GCC visibility pop

#endif							/* NK_CLUSTERED_POINTS_H */
