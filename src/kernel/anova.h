/*
 * anova.h - several means: are they equal?
 */
#ifndef NK_ANOVA_H
#define NK_ANOVA_H

#include "pair.h"
#include "result.h"

#pragma GCC visibility push(hidden)

/* one group, or several with the same numbers; n is at least 1 */
typedef struct NkMeanGroup
{
	int64_t		n;
	NkPair		mean;
	double		spread;			/* root mean squared distance from the mean */
	int64_t		times;
} NkMeanGroup;

typedef struct NkAnova
{
	NkTestResult test;
	double		eta_squared;	/* share of the variation between groups */
	double		omega_squared;	/* the same, nearly without bias; may be < 0 */
} NkAnova;

/*
 * NK_EMPTY: no group; NK_TOO_FEW: one group, or (Welch) a group of one child,
 * or no group of more; NK_NO_VARIATION: no group, or (Welch) not every group,
 * has different values
 */
extern NkStatus nk_anova(const NkMeanGroup *groups, size_t count,
						 NkAnova *result);
extern NkStatus nk_welch_anova(const NkMeanGroup *groups, size_t count,
							   NkAnova *result);

#pragma GCC visibility pop

#endif							/* NK_ANOVA_H */
