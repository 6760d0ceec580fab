/*
 * means.h - one mean with its interval, two means compared
 */
#ifndef NK_MEANS_H
#define NK_MEANS_H

#include "moments.h"
#include "result.h"

#pragma GCC visibility push(hidden)

/* Student's interval of a mean; NK_EMPTY, NK_TOO_FEW, NK_NO_VARIATION */
extern NkStatus nk_mean_interval(const NkMoments *m, double conf_level,
								 NkInterval *result);

typedef struct NkMeanComparison
{
	double		mean_a;
	double		mean_b;
	NkInterval	difference;		/* mean_a - mean_b */
	NkInterval	hedges_g;		/* in standard deviations, unbiased */
	NkTestResult test;			/* Welch's */
} NkMeanComparison;

/* NK_EMPTY, NK_TOO_FEW, NK_NO_VARIATION: what is defined is given */
extern NkStatus nk_compare_means(const NkMoments *a, const NkMoments *b,
								 double conf_level,
								 NkMeanComparison *result);

/* what removes the bias of a standardised difference on k >= 2 df */
extern double nk_hedges_factor(double k);

#pragma GCC visibility pop

#endif							/* NK_MEANS_H */
