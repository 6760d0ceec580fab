/*
 * wide.c - whole numbers of thousands of bits.
 *
 * Method: schoolbook arithmetic on limbs of 64 bits.  A quotient is needed to
 * a double only: the first 384 bits of the dividend decide its first 128, and
 * whatever is behind them can only say that there is a little more.
 *
 *   Knuth D E (1997) The Art of Computer Programming, volume 2, 4.3.1.
 *
 * Accuracy: exact; nk_real_round is the nearest double, ties to even, also
 * below the least normal one.  nk_real_root rounds a value that is right to
 * 2^-100.  test/unit/test_wide.c
 */
#include "wide.h"

#include <string.h>

typedef unsigned __int128 Limb2;

static void
trim(NkWide *a)
{
	while (a->used > 0 && a->limb[a->used - 1] == 0)
		a->used--;
}

/* append - put a carry above the last limb */
static bool
append(NkWide *a, uint64_t carry)
{
	if (carry == 0)
		return true;
	if (a->used == NK_WIDE_LIMBS)
		return false;
	a->limb[a->used++] = carry;
	return true;
}

int
nk_wide_compare(const NkWide *a, const NkWide *b)
{
	if (a->used != b->used)
		return a->used < b->used ? -1 : 1;
	for (int i = a->used - 1; i >= 0; i--)
		if (a->limb[i] != b->limb[i])
			return a->limb[i] < b->limb[i] ? -1 : 1;
	return 0;
}

/* nk_wide_bits - how many bits it takes; 0 for 0 */
int
nk_wide_bits(const NkWide *a)
{
	return a->used == 0 ? 0 :
		64 * a->used - __builtin_clzll(a->limb[a->used - 1]);
}

/* nk_wide_trailing_zeros - the powers of two in a number that is not 0 */
int
nk_wide_trailing_zeros(const NkWide *a)
{
	int			i = 0;

	while (a->limb[i] == 0)
		i++;
	return 64 * i + __builtin_ctzll(a->limb[i]);
}

bool
nk_wide_add(NkWide *a, const NkWide *b)
{
	uint64_t	carry = 0;

	while (a->used < b->used)
		a->limb[a->used++] = 0;
	for (int i = 0; i < a->used; i++)
	{
		Limb2		sum = (Limb2) a->limb[i] + carry +
			(i < b->used ? b->limb[i] : 0);

		a->limb[i] = (uint64_t) sum;
		carry = (uint64_t) (sum >> 64);
	}
	return append(a, carry);
}

void
nk_wide_subtract(NkWide *a, const NkWide *b)
{
	uint64_t	borrow = 0;

	for (int i = 0; i < a->used; i++)
	{
		Limb2		rest = (Limb2) a->limb[i] - borrow -
			(i < b->used ? b->limb[i] : 0);

		a->limb[i] = (uint64_t) rest;
		borrow = rest >> 64 != 0;
	}
	trim(a);
}

/* nk_wide_scale - a * factor + summand */
bool
nk_wide_scale(NkWide *a, uint64_t factor, uint64_t summand)
{
	uint64_t	carry = summand;

	if (factor == 0)
		a->used = 0;
	for (int i = 0; i < a->used; i++)
	{
		Limb2		product = (Limb2) a->limb[i] * factor + carry;

		a->limb[i] = (uint64_t) product;
		carry = (uint64_t) (product >> 64);
	}
	return append(a, carry);
}

bool
nk_wide_square(const NkWide *a, NkWide *square)
{
	if (2 * a->used > NK_WIDE_LIMBS)
		return false;
	square->used = 2 * a->used;
	memset(square->limb, 0, (size_t) square->used * sizeof(uint64_t));
	for (int i = 0; i < a->used; i++)
	{
		uint64_t	carry = 0;

		/* exact sums have many limbs of 0 below their first bit */
		if (a->limb[i] == 0)
			continue;
		for (int j = 0; j < a->used; j++)
		{
			Limb2		product = (Limb2) a->limb[i] * a->limb[j] +
				square->limb[i + j] + carry;

			square->limb[i + j] = (uint64_t) product;
			carry = (uint64_t) (product >> 64);
		}
		square->limb[i + a->used] = carry;
	}
	trim(square);
	return true;
}

bool
nk_wide_add_product(NkWide sums[2], __int128 number, const int64_t *factors,
					int count)
{
	bool		negative = number < 0;
	Limb2		size = negative ? -(Limb2) number : (Limb2) number;
	NkWide		term;
	bool		fits = true;

	nk_wide_clear(&term);
	(void) append(&term, (uint64_t) (size >> 64));
	(void) nk_wide_shift_up(&term, 64);
	fits &= nk_wide_scale(&term, 1, (uint64_t) size);
	for (int i = 0; i < count; i++)
	{
		uint64_t	factor = (uint64_t) factors[i];

		negative ^= factors[i] < 0;
		fits &= nk_wide_scale(&term, factors[i] < 0 ? -factor : factor, 0);
	}
	return fits && nk_wide_add(&sums[negative], &term);
}

uint64_t
nk_wide_divide(NkWide *a, uint64_t divisor)
{
	uint64_t	rest = 0;

	for (int i = a->used - 1; i >= 0; i--)
	{
		Limb2		dividend = (Limb2) rest << 64 | a->limb[i];

		a->limb[i] = (uint64_t) (dividend / divisor);
		rest = (uint64_t) (dividend % divisor);
	}
	trim(a);
	return rest;
}

bool
nk_wide_shift_up(NkWide *a, int bits)
{
	int			limbs = bits / 64;

	if (a->used == 0)
		return true;
	if (!nk_wide_scale(a, (uint64_t) 1 << bits % 64, 0) ||
		a->used + limbs > NK_WIDE_LIMBS)
		return false;
	memmove(a->limb + limbs, a->limb, (size_t) a->used * sizeof(uint64_t));
	memset(a->limb, 0, (size_t) limbs * sizeof(uint64_t));
	a->used += limbs;
	return true;
}

void
nk_wide_shift_down(NkWide *a, int bits)
{
	int			limbs = bits / 64;

	if (limbs >= a->used)
	{
		a->used = 0;
		return;
	}
	a->used -= limbs;
	memmove(a->limb, a->limb + limbs, (size_t) a->used * sizeof(uint64_t));
	(void) nk_wide_divide(a, (uint64_t) 1 << bits % 64);
}

/*
 * leading - the first bits of a number, so many limbs of them
 *
 * Brought to that length by powers of two, which *exponent receives; returns
 * whether bits that are not 0 were left behind.
 */
static bool
leading(const NkWide *a, int limbs, NkWide *first, int *exponent)
{
	int			excess = nk_wide_bits(a) - 64 * limbs;

	*first = *a;
	*exponent = excess;
	if (excess > 0)
		nk_wide_shift_down(first, excess);
	else
		(void) nk_wide_shift_up(first, -excess);
	return excess > 0 && nk_wide_trailing_zeros(a) < excess;
}

NkReal
nk_wide_quotient(const NkWide *a, int exponent, uint64_t first,
				 uint64_t second)
{
	NkReal		real = {0, 0, false, false};
	NkWide		quotient;
	NkWide		bits;
	int			shift;

	if (a->used == 0)
		return real;
	real.more = leading(a, 6, &quotient, &shift);
	real.exponent = exponent + shift;
	real.more |= nk_wide_divide(&quotient, first) != 0;
	real.more |= nk_wide_divide(&quotient, second) != 0;
	real.more |= leading(&quotient, 2, &bits, &shift);
	real.exponent += shift;
	real.bits = (Limb2) bits.limb[1] << 64 | bits.limb[0];
	return real;
}

double
nk_real_round(const NkReal *real)
{
	int			last = real->exponent + 128 - 53;	/* exponent of one unit */
	int			dropped = 128 - 53;
	uint64_t	kept;
	Limb2		rest;
	Limb2		half;
	double		rounded;

	if (real->bits == 0)
		return 0;
	/* below the least normal number a unit gets no smaller */
	if (last < -1074)
	{
		dropped += -1074 - last;
		last = -1074;
	}
	if (dropped > 128)
		return real->negative ? -0.0 : 0;
	kept = dropped == 128 ? 0 : (uint64_t) (real->bits >> dropped);
	half = (Limb2) 1 << (dropped - 1);
	rest = real->bits & (half - 1);
	if ((real->bits & half) != 0 &&
		(rest != 0 || real->more || (kept & 1) != 0))
		kept++;
	rounded = ldexp((double) kept, last);
	return real->negative ? -rounded : rounded;
}

NkPair
nk_real_pair(const NkReal *real)
{
	NkReal		high = *real;
	double		whole;
	double		part;

	/* cut, then add what was cut: both exact, but for bits beyond 106 */
	high.bits = real->bits >> 75 << 75;
	high.more = false;
	part = ldexp((double) (uint64_t) ((real->bits ^ high.bits) >> 22),
				 real->exponent + 22);
	whole = nk_real_round(&high);
	if (real->negative)
		part = -part;
	return isfinite(whole) ? nk_sum(whole, part) : (NkPair) {whole, 0};
}

double
nk_real_root(const NkReal *real, int *exponent)
{
	NkReal		scaled = *real;
	NkPair		square;
	double		root;

	*exponent = 0;
	if (real->bits == 0)
		return 0;
	/* an even exponent that brings the number between 1/4 and 1 */
	*exponent = (real->exponent + 128 + (real->exponent & 1)) / 2;
	scaled.exponent -= 2 * *exponent;
	square = nk_real_pair(&scaled);
	root = sqrt(square.high);
	return root + (fma(-root, root, square.high) + square.low) / (2 * root);
}

double
nk_wide_difference(NkWide sums[2])
{
	int			greater = nk_wide_compare(&sums[0], &sums[1]) < 0;
	NkReal		real;

	nk_wide_subtract(&sums[greater], &sums[!greater]);
	real = nk_wide_quotient(&sums[greater], 0, 1, 1);
	real.negative = greater;
	return nk_real_round(&real);
}
