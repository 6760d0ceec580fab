/*
 * homogeneity.h - are several proportions equal? do they follow a score?
 */
#ifndef NK_HOMOGENEITY_H
#define NK_HOMOGENEITY_H

#include "groups.h"
#include "result.h"

#pragma GCC visibility push(hidden)

/* scores have no say; NK_EMPTY, NK_ZERO_MARGIN, NK_TOO_FEW */
extern NkStatus nk_homogeneity_test(const NkScoredProportion *groups,
									size_t count, NkTestResult *result);

typedef struct NkTrend
{
	NkTestResult trend;
	NkTestResult departure;		/* from the trend; needs three groups */
	double		slope;			/* of the share, a unit of score */
} NkTrend;

/* also NK_NO_VARIATION (of the scores), NK_BAD_SCORE */
extern NkStatus nk_trend_test(const NkScoredProportion *groups, size_t count,
							  NkTrend *result);

#pragma GCC visibility pop

#endif							/* NK_HOMOGENEITY_H */
