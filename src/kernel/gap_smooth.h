/*
 * gap_smooth.h - the gap as a curve over ages, with a band that holds at all
 * of them: a penalised spline, or a series that only falls or only rises
 */
#ifndef NK_GAP_SMOOTH_H
#define NK_GAP_SMOOTH_H

#include "gap.h"
#include "smooth.h"

#pragma GCC visibility push(hidden)

/* in the order of nk_gap_smooths */
typedef enum NkGapSmooth
{
	NK_GAP_SPLINE,
	NK_GAP_FALLING,
	NK_GAP_RISING,
	NK_GAP_NOT_SMOOTHED
} NkGapSmooth;

extern const char *const nk_gap_smooths[];	/* names, ends with NULL */

/* bytes, aligned for doubles, that nk_gap_spline works in */
extern size_t nk_gap_spline_scratch(void);

/*
 * The spline itself, of at least one age, and the rougher one that its band is
 * made from; statuses as below
 */
extern NkStatus nk_gap_spline_fit(const NkGaps *gaps, NkSmooth *smooth,
								  NkSmooth *rougher);

/*
 * The spline at each age of gaps, with its band; on the scale of the gap.  All
 * are undefined where the status is not NK_OK: NK_TOO_FEW for fewer than four
 * ages, NK_NO_VARIATION where all gaps are 1 or all are -1.
 */
extern NkStatus nk_gap_spline(const NkGaps *gaps, double conf_level,
							  void *scratch, NkInterval smooth[NK_CURVE_AGES]);

/*
 * The falling or rising series nearest to the estimates of raw, which have
 * such weights; its band holds at all ages where that of raw does and the
 * truth is falling or rising.  Bounds are undefined where no such series lies
 * within raw.  raw and smooth have count intervals, from 1 to NK_CURVE_AGES.
 */
extern void nk_gap_monotone(const NkInterval *raw, const double *weights,
							int count, bool falling, NkInterval *smooth);

#pragma GCC visibility pop

#endif							/* NK_GAP_SMOOTH_H */
