/*
 * random.h - numbers and orders that look random and are functions.
 */
#ifndef NK_RANDOM_H
#define NK_RANDOM_H

#include "kernel.h"

#pragma GCC visibility push(hidden)

/* the 64 bits that belong to one index of one stream of one seed */
extern uint64_t nk_random_bits(int64_t seed, int32_t stream, int64_t i);

/* the same as a number in [0, 1), a multiple of 2^-53 */
extern double nk_random_uniform(int64_t seed, int32_t stream, int64_t i);

/* the same as a whole number in 0 .. n - 1, for n > 0 */
extern int64_t nk_random_below(int64_t seed, int32_t stream, int64_t i,
							   int64_t n);

/* where index i of 0 .. n - 1 stands in a random order, for 0 <= i < n */
extern int64_t nk_random_rank(int64_t seed, int32_t stream, int64_t n,
							  int64_t i);

#pragma GCC visibility pop

#endif							/* NK_RANDOM_H */
