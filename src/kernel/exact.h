/*
 * exact.h - two-sided exact tests by point probability
 */
#ifndef NK_EXACT_H
#define NK_EXACT_H

#include "kernel.h"

#pragma GCC visibility push(hidden)

/* both two-sided p-values of the same observation */
typedef struct NkExactTest
{
	double		p_value;		/* outcomes as probable or less */
	double		mid_p;			/* less probable, and half of the ties */
} NkExactTest;

/* x successes of n under probability p */
extern NkStatus nk_exact_binomial(int64_t x, int64_t n, double p,
								  NkExactTest *result);

/* x marked among those drawn (Fisher's exact test) */
extern NkStatus nk_exact_hypergeometric(int64_t x, int64_t marked,
										int64_t unmarked, int64_t drawn,
										NkExactTest *result);

#pragma GCC visibility pop

#endif							/* NK_EXACT_H */
