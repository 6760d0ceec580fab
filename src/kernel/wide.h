/*
 * wide.h - whole numbers of thousands of bits, and real numbers of 128.
 *
 * An exact sum of doubles is such a whole number, times a power of two that
 * its owner knows.  What a statistic makes of it is an NkReal, whose last
 * step, and only that, rounds to a double.
 */
#ifndef NK_WIDE_H
#define NK_WIDE_H

#include "pair.h"

#pragma GCC visibility push(hidden)

/* 9472 bits: an exact sum of squares as a decimal needs 9247 */
#define NK_WIDE_LIMBS 148

/* the least significant limb first; none of value 0 above the last used */
typedef struct NkWide
{
	int			used;
	uint64_t	limb[NK_WIDE_LIMBS];
} NkWide;

static inline void
nk_wide_clear(NkWide *a)
{
	a->used = 0;
}

extern int	nk_wide_compare(const NkWide *a, const NkWide *b);
extern int	nk_wide_bits(const NkWide *a);
extern int	nk_wide_trailing_zeros(const NkWide *a);

/* each returns false, with *a undefined, if the result has no room */
extern bool nk_wide_add(NkWide *a, const NkWide *b);
extern bool nk_wide_scale(NkWide *a, uint64_t factor, uint64_t summand);
extern bool nk_wide_shift_up(NkWide *a, int bits);
extern bool nk_wide_square(const NkWide *a, NkWide *square);

/*
 * Add the absolute value of a product, number times all factors, to the first
 * of two sums, or to the second if the product is negative.
 */
extern bool nk_wide_add_product(NkWide sums[2], __int128 number,
								const int64_t *factors, int count);

/* the bits that fall off are lost */
extern void nk_wide_shift_down(NkWide *a, int bits);

/* a - b for a >= b */
extern void nk_wide_subtract(NkWide *a, const NkWide *b);

/* a / divisor, whole; returns the remainder */
extern uint64_t nk_wide_divide(NkWide *a, uint64_t divisor);

/* bits * 2^exponent, and a little more where more is set */
typedef struct NkReal
{
	unsigned __int128 bits;		/* the first is 1, unless the number is 0 */
	int			exponent;
	bool		more;			/* less than one unit of the last bit */
	bool		negative;
} NkReal;

/* a * 2^exponent / (first * second); the divisors are positive */
extern NkReal nk_wide_quotient(const NkWide *a, int exponent,
							   uint64_t first, uint64_t second);

/* the difference of two sums, rounded; they are destroyed */
extern double nk_wide_difference(NkWide sums[2]);

/* the nearest double, infinite where there is none */
extern double nk_real_round(const NkReal *real);

/* to 106 bits */
extern NkPair nk_real_pair(const NkReal *real);

/* the square root of one that is not negative, rounded, times 2^-exponent */
extern double nk_real_root(const NkReal *real, int *exponent);

#pragma GCC visibility pop

#endif							/* NK_WIDE_H */
