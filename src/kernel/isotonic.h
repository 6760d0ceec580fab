/*
 * isotonic.h - the rising or falling series that is nearest to given values
 */
#ifndef NK_ISOTONIC_H
#define NK_ISOTONIC_H

#include "kernel.h"

#pragma GCC visibility push(hidden)

/* neighbours that share one value: what the fit is put together from */
typedef struct NkPool
{
	double		weight;			/* of all of them */
	double		value;			/* their weighted mean */
	int64_t		count;
} NkPool;

/*
 * fit has room for count values and may be values itself; pools has room for
 * count, to work in.  Weights are positive.
 */
extern void nk_isotonic(const double *values, const double *weights,
						int64_t count, bool falling, NkPool *pools,
						double *fit);

#pragma GCC visibility pop

#endif							/* NK_ISOTONIC_H */
