/*
 * lanes.h - loops over rows of doubles, several at once, with the same bits
 * whatever instructions there are
 *
 * Rows are padded to a multiple of NK_LANES and read as halves of that, in
 * the source: so the order of sums is fixed here, not by the compiler, and
 * neither wider instructions nor other ones change a bit.
 */
#ifndef NK_LANES_H
#define NK_LANES_H

#include "kernel.h"

#define NK_LANES	8

/* half the lanes, wherever they lie */
typedef double NkHalf
			__attribute__((vector_size(NK_LANES / 2 * sizeof(double)),
						   aligned(sizeof(double)), may_alias));

#define NK_HALF(row, at)	(*(NkHalf *) ((row) + (at)))
#define NK_CONST_HALF(row, at) (*(const NkHalf *) ((row) + (at)))

/*
 * A function that is compiled twice, and the loader takes what the machine
 * has.  Only where the compiler and the loader can: gcc on x86-64 with glibc.
 */
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && \
	!defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
	!defined(NK_ONE_CLONE)
#define NK_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define NK_CLONES
#endif

/* a function that such a one takes into itself */
#define NK_INLINE	static inline __attribute__((always_inline))

#define NK_UNROLL	_Pragma("GCC unroll 8")

static inline int
nk_padded(int count)
{
	return (count + NK_LANES - 1) / NK_LANES * NK_LANES;
}

/* sum of the lanes of both halves, in an order that no compiler may change */
#define NK_SUM_LANES(low, high) \
	(((low)[0] + (high)[0] + ((low)[2] + (high)[2])) + \
	 ((low)[1] + (high)[1] + ((low)[3] + (high)[3])))

#endif							/* NK_LANES_H */
