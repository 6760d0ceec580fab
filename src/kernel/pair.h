/*
 * pair.h - unevaluated sums of two doubles, for the few differences that
 * must not cancel.
 *
 * How far a count lies from what is expected of it, x - n p, decides every
 * tail probability.  For a million children its rounding in double would be
 * multiplied by a thousand; as a pair it has 106 bits.
 *
 * Method: error-free sum (Knuth) and product (by fma, which C11 rounds once),
 * pair arithmetic with relative errors below 2^-100.
 *
 *   Dekker T J (1971) A floating-point technique for extending the available
 *   precision.  Numerische Mathematik 18:224-242.  doi:10.1007/BF01397083
 *   Joldes M, Muller J-M, Popescu V (2017) Tight and rigorous error bounds
 *   for basic building blocks of double-word arithmetic.  ACM Transactions
 *   on Mathematical Software 44(2):15.  doi:10.1145/3121432
 *
 * Needs -ffp-contract=off and no fast-math.  NaN and infinity go through as
 * NaN.  Tested through the distributions that use it.
 */
#ifndef NK_PAIR_H
#define NK_PAIR_H

#include "kernel.h"

#pragma GCC visibility push(hidden)

typedef struct NkPair
{
	double		high;
	double		low;			/* at most half a last place of high */
} NkPair;

/* a + b, exactly */
static inline NkPair
nk_sum(double a, double b)
{
	double		sum = a + b;
	double		b_part = sum - a;

	return (NkPair) {sum, (a - (sum - b_part)) + (b - b_part)};
}

/* a * b, exactly (unless the low part is too small for a double) */
static inline NkPair
nk_product(double a, double b)
{
	double		product = a * b;

	return (NkPair) {product, fma(a, b, -product)};
}

static inline NkPair
nk_pair_add(NkPair a, NkPair b)
{
	NkPair		high = nk_sum(a.high, b.high);
	NkPair		low = nk_sum(a.low, b.low);
	NkPair		sum = nk_sum(high.high, high.low + low.high);

	return nk_sum(sum.high, sum.low + low.low);
}

static inline NkPair
nk_pair_negate(NkPair a)
{
	return (NkPair) {-a.high, -a.low};
}

static inline NkPair
nk_pair_scale(NkPair a, double factor)
{
	NkPair		product = nk_product(a.high, factor);

	return nk_sum(product.high, fma(a.low, factor, product.low));
}

static inline NkPair
nk_pair_multiply(NkPair a, NkPair b)
{
	return nk_pair_add(nk_pair_scale(a, b.high), nk_pair_scale(a, b.low));
}

static inline NkPair
nk_pair_divide(NkPair a, NkPair b)
{
	double		quotient = a.high / b.high;
	NkPair		rest = nk_pair_add(a, nk_pair_scale(b, -quotient));

	return nk_sum(quotient, rest.high / b.high);
}

/* a whole number below 2^126, exactly below 2^106 */
static inline NkPair
nk_pair_of_integer(__int128 a)
{
	double		high = (double) a;

	return (NkPair) {high, (double) (a - (__int128) high)};
}

/* one step of Newton's on the root of the high part; of 0 it is 0 */
static inline NkPair
nk_pair_root(NkPair a)
{
	double		root = sqrt(a.high);
	NkPair		rest;

	if (!(root > 0))
		return (NkPair) {0, 0};
	rest = nk_pair_add(a, nk_pair_negate(nk_product(root, root)));
	return nk_sum(root, rest.high / (2 * root));
}

#pragma GCC visibility pop

#endif							/* NK_PAIR_H */
