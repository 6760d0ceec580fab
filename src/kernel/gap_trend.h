/*
 * gap_trend.h - does the gap fall or rise with age?
 */
#ifndef NK_GAP_TREND_H
#define NK_GAP_TREND_H

#include "gap.h"
#include "homogeneity.h"

#pragma GCC visibility push(hidden)

/*
 * The test of a straight trend, of the departure from it (needs three ages)
 * and the slope, the change of the gap a year.  With clusters both are Wald
 * tests, F with df2; the departure needs more clusters than ages.
 * NK_EMPTY; NK_NO_VARIATION: one age only, or all children have the same score.
 */
extern NkStatus nk_gap_trend(const NkGaps *gaps, NkTrend *result);

#pragma GCC visibility pop

#endif							/* NK_GAP_TREND_H */
