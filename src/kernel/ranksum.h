/*
 * ranksum.h - the exact distribution of a rank sum
 */
#ifndef NK_RANKSUM_H
#define NK_RANKSUM_H

#include "values.h"

#pragma GCC visibility push(hidden)

#define NK_RANKSUM_MOST		100 /* children of both groups */

/* so many doubles of scratch; 0 if there are too many children */
extern size_t nk_ranksum_scratch(int64_t n_a, int64_t n_b);

/*
 * P(|2W - E| >= |2w - E|), where 2W is twice how often a is above b, half for
 * ties, E = n_a n_b what it is on average, and double_w what was observed.
 * NK_NOT_CONVERGED if there are too many children.
 */
extern NkStatus nk_ranksum_test(const NkValues *a, const NkValues *b,
								int64_t double_w, double *scratch,
								double *p_value);

#pragma GCC visibility pop

#endif							/* NK_RANKSUM_H */
