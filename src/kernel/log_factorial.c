/*
 * log_factorial.c - logarithms of factorials as integers
 *
 * Whether one table of counts is as probable as another is decided by sums of
 * log x! over their cells.  As integers, multiples of a small unit, such sums
 * are exact whatever their order: equal counts in other places give equal
 * sums, which may serve as keys, and nothing cancels in differences.  The
 * unit is the power of two for which log n! fits 62 bits, and so does any sum
 * over a table of n.
 *
 * The logarithms are added as pairs of doubles; log k is taken in two parts,
 * e log 2 + log m, of which only the second, below 0.7, is rounded.
 * Accuracy: half a unit, which is 5e-16 for a hundred children, 2e-13 for
 * 1e5 and 2e-12 for a million, held by test_log_factorial.
 */
#include "log_factorial.h"

#include "pair.h"

#define MOST_DIGITS 50			/* binary; a double has no more to give */

static const NkPair log_2 = {0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56};

static NkPair
log_of(int64_t k)
{
	int			exponent;
	double		fraction = frexp((double) k, &exponent);

	return nk_pair_add(nk_pair_scale(log_2, exponent),
					   (NkPair) {log(fraction), 0});
}

void
nk_log_factorials(int64_t n, int64_t *memory, NkLogFactorials *factorials)
{
	double		bound = (double) n * log((double) n) + 1;
	int			digits = 61 - ilogb(bound);
	double		scale = ldexp(1, digits < MOST_DIGITS ? digits : MOST_DIGITS);
	NkPair		sum = {0, 0};

	*factorials = (NkLogFactorials) {memory, 1 / scale};
	memory[0] = memory[1] = 0;
	for (int64_t k = 2; k <= n; k++)
	{
		if ((k & 4095) == 0)
			nk_check_interrupts();
		sum = nk_pair_add(sum, log_of(k));
		memory[k] = llrint(sum.high * scale) + llrint(sum.low * scale);
	}
}
