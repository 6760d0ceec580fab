/*
 * adjust.h - p-values of a family of tests, adjusted for their number
 */
#ifndef NK_ADJUST_H
#define NK_ADJUST_H

#include "kernel.h"

#pragma GCC visibility push(hidden)

/* in the order of nk_adjust_methods */
typedef enum NkAdjustMethod
{
	NK_HOLM,
	NK_HOCHBERG,
	NK_BENJAMINI_HOCHBERG,
	NK_BENJAMINI_YEKUTIELI,
	NK_BONFERRONI
} NkAdjustMethod;

extern const char *const nk_adjust_methods[];	/* names, ends with NULL */

/*
 * Adjust n p-values.  NaN is a test that was not made: it does not count and
 * stays.  adjusted may be p itself; order is scratch for n places.
 * NK_BAD_PROBABILITY.
 */
extern NkStatus nk_adjust(const double *p, size_t n, NkAdjustMethod method,
						  double *adjusted, size_t *order);

#pragma GCC visibility pop

#endif							/* NK_ADJUST_H */
