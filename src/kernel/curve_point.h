/*
 * curve_point.h - shares and gaps at each age of a curve, with intervals for
 * one age and bands for all of them
 */
#ifndef NK_CURVE_POINT_H
#define NK_CURVE_POINT_H

#include "gap_smooth.h"

#pragma GCC visibility push(hidden)

/* a gap that is identified or assessed minus decided, of the same children */
typedef struct NkGapPoint
{
	NkInterval	at_age;			/* holds at this age */
	NkInterval	band;			/* holds at all ages of the curve at once */
} NkGapPoint;

/* all values are undefined at an age without children */
typedef struct NkCurvePoint
{
	int			age;
	int64_t		n;
	NkInterval	identified;
	NkInterval	assessed;
	NkInterval	decided;
	NkGapPoint	gap;			/* of the kind that was asked for */
	NkInterval	smooth;			/* of it, with a band for all ages */
	NkGapPoint	assessed_gap;
	NkStatus	status;			/* NK_EMPTY for an age without children */
} NkCurvePoint;

#define NK_NO_GAP_POINT \
	((NkGapPoint) {.at_age = NK_NO_INTERVAL, .band = NK_NO_INTERVAL})

#define NK_NO_CURVE_POINT \
	((NkCurvePoint) { \
		.identified = NK_NO_INTERVAL, \
		.assessed = NK_NO_INTERVAL, \
		.decided = NK_NO_INTERVAL, \
		.gap = NK_NO_GAP_POINT, \
		.smooth = NK_NO_INTERVAL, \
		.assessed_gap = NK_NO_GAP_POINT, \
		.status = NK_EMPTY \
	})

/*
 * Points from the youngest to the oldest age seen, *count of them (0 for a
 * curve without children), but for what is smooth.
 */
extern NkStatus nk_curve(const NkAgeCurve *curve, double conf_level,
						 NkGapKind gap, NkCurvePoint points[NK_CURVE_AGES],
						 int *count);

/*
 * Their smooth gap, where there is one; scratch has nk_gap_spline_scratch()
 * bytes.  Raw values stand whatever becomes of it.
 */
extern NkStatus nk_curve_smooth(const NkAgeCurve *curve, double conf_level,
								NkGapKind gap, NkGapSmooth smooth,
								void *scratch, NkCurvePoint *points,
								int count);

#pragma GCC visibility pop

#endif							/* NK_CURVE_POINT_H */
