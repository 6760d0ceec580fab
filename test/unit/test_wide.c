/*
 * test_wide.c - whole numbers of thousands of bits, against identities and
 * against the machine's own rounding.
 */
#include "summaries.h"
#include "wide.h"

/* a number of so many random limbs, some of them 0 or all ones */
static NkWide
random_wide(int limbs)
{
	NkWide		a = {0, {0}};

	for (int i = 0; i < limbs; i++)
	{
		uint64_t	limb = random_bits();

		switch (random_bits() % 4)
		{
			case 0:
				limb = 0;
				break;
			case 1:
				limb = UINT64_MAX;
				break;
			default:
				break;
		}
		a.limb[i] = limb;
		if (limb != 0)
			a.used = i + 1;
	}
	return a;
}

static double
root_of(const NkReal *real)
{
	int			exponent;
	double		root = nk_real_root(real, &exponent);

	return ldexp(root, exponent);
}

static bool
equal(const NkWide *a, const NkWide *b)
{
	return a->used == b->used && nk_wide_compare(a, b) == 0;
}

static void
test_identities(void)
{
	bool		added = true;
	bool		divided = true;
	bool		shifted = true;
	bool		squared = true;

	for (int i = 0; i < 3000; i++)
	{
		NkWide		a = random_wide((int) (random_bits() % 70));
		NkWide		b = random_wide((int) (random_bits() % 70));
		uint64_t	factor = random_bits() >> random_bits() % 64;
		uint64_t	rest = factor > 0 ? random_bits() % factor : 0;
		int			bits = (int) (random_bits() % 400);
		NkWide		sum = a;
		NkWide		scaled = a;
		NkWide		up = a;
		NkWide		left;
		NkWide		right;

		added &= nk_wide_add(&sum, &b) && nk_wide_compare(&sum, &b) >= 0;
		left = sum;
		nk_wide_subtract(&left, &b);
		added &= equal(&left, &a);

		if (factor > 0)
		{
			divided &= nk_wide_scale(&scaled, factor, rest) &&
				nk_wide_divide(&scaled, factor) == rest && equal(&scaled, &a);
		}
		shifted &= nk_wide_shift_up(&up, bits) &&
			(a.used == 0 || (nk_wide_bits(&up) == nk_wide_bits(&a) + bits &&
							 nk_wide_trailing_zeros(&up) ==
							 nk_wide_trailing_zeros(&a) + bits));
		nk_wide_shift_down(&up, bits);
		shifted &= equal(&up, &a);

		/* (a + 1)^2 = a^2 + 2 a + 1 */
		squared &= nk_wide_square(&a, &right);
		scaled = a;
		nk_wide_scale(&scaled, 2, 1);
		nk_wide_add(&right, &scaled);
		scaled = a;
		nk_wide_scale(&scaled, 1, 1);
		squared &= nk_wide_square(&scaled, &left) && equal(&left, &right);
	}
	CHECK(added);
	CHECK(divided);
	CHECK(shifted);
	CHECK(squared);
}

static void
test_room(void)
{
	NkWide		full;
	NkWide		other;
	NkWide		square;

	full.used = NK_WIDE_LIMBS;
	memset(full.limb, 0xFF, sizeof(full.limb));
	other = full;
	CHECK(!nk_wide_add(&other, &full));
	other = full;
	CHECK(!nk_wide_scale(&other, 2, 0));
	other = full;
	CHECK(nk_wide_scale(&other, 1, 0) && equal(&other, &full));
	CHECK(!nk_wide_shift_up(&other, 1));
	other = full;
	CHECK(!nk_wide_shift_up(&other, 64));
	CHECK(!nk_wide_square(&full, &square));
	nk_wide_shift_down(&full, 64 * NK_WIDE_LIMBS);
	CHECK(full.used == 0 && nk_wide_bits(&full) == 0);
	CHECK(nk_wide_shift_up(&full, 100000) && full.used == 0);
}

/* a quotient of two doubles is rounded by the machine as it should be */
static void
test_rounding(void)
{
	bool		quotients = true;
	bool		pairs = true;
	bool		roots = true;

	for (int i = 0; i < 200000; i++)
	{
		uint64_t	whole = random_bits() >> (11 + random_bits() % 53);
		uint64_t	divisor = 1 + (random_bits() >> (11 + random_bits() % 53));
		uint64_t	second = random_bits() % 3 ? 1 : 1 + random_bits() % 1000;
		int			exponent = (int) (random_bits() % 2500) - 1250;
		double		dividend = ldexp((double) whole, exponent);
		NkWide		a = {whole > 0, {whole}};
		NkReal		real;
		NkPair		pair;
		double		root;

		/* the machine's division, where what it divides is exact */
		real = nk_wide_quotient(&a, exponent, divisor, 1);
		if (isfinite(dividend) && ldexp(dividend, -exponent) == (double) whole)
			quotients &= nk_real_round(&real) == dividend / (double) divisor;
		real.negative = whole > 0;
		quotients &= nk_real_round(&real) <= 0;

		if (abs(exponent) > 500)
			continue;
		real = nk_wide_quotient(&a, exponent, divisor, second);
		pair = nk_real_pair(&real);
		pairs &= pair.high == nk_real_round(&real) ||
			fabs(pair.low) == fabs(nextafter(pair.high, INFINITY) -
								   pair.high) / 2;
		pair = nk_pair_add(nk_pair_scale(nk_pair_scale(pair, (double) divisor),
										 (double) second),
						   (NkPair) {-dividend, 0});
		pairs &= fabs(pair.high) <= dividend * ldexp(1, -100);

		root = root_of(&real);
		pair = nk_product(root, root);
		pair = nk_pair_add(pair, nk_pair_negate(nk_real_pair(&real)));
		roots &= fabs(pair.high) <= root * root * ldexp(1.001, -52);
	}
	CHECK(quotients);
	CHECK(pairs);
	CHECK(roots);
}

/* halfway cases, ties to even, the ends of the range */
static void
test_edges(void)
{
	NkWide		one = {1, {1}};
	NkWide		tie = {1, {((uint64_t) 1 << 53) + 1}};
	NkWide		odd = {1, {((uint64_t) 1 << 53) + 3}};
	NkWide		above = {3, {1, 0, ((uint64_t) 1 << 53) + 1}};
	NkWide		zero = {0, {0}};
	NkReal		real = nk_wide_quotient(&tie, 0, 1, 1);

	CHECK(nk_real_round(&real) == 0x1p53);
	real = nk_wide_quotient(&odd, 0, 1, 1);
	CHECK(nk_real_round(&real) == 0x1p53 + 4);
	real = nk_wide_quotient(&above, -128, 1, 1);
	CHECK(nk_real_round(&real) == 0x1p53 + 2);
	/* a third more than a tie, far behind: only a remainder tells */
	above = (NkWide) {1, {3 * (((uint64_t) 1 << 53) + 1)}};
	CHECK(nk_wide_shift_up(&above, 329) && nk_wide_scale(&above, 1, 1) &&
		  nk_wide_bits(&above) == 384);
	real = nk_wide_quotient(&above, -329, 3, 1);
	CHECK(nk_real_round(&real) == 0x1p53 + 2);
	real = nk_wide_quotient(&above, -329, 1, 3);
	CHECK(nk_real_round(&real) == 0x1p53 + 2);
	real = nk_wide_quotient(&zero, 0, 3, 5);
	CHECK(nk_real_round(&real) == 0 && root_of(&real) == 0);
	CHECK(nk_real_pair(&real).high == 0 && nk_real_pair(&real).low == 0);
	real = nk_wide_quotient(&one, -1074, 1, 1);
	CHECK(nk_real_round(&real) == 0x1p-1074);
	real = nk_wide_quotient(&one, -1074, 2, 1);
	CHECK(nk_real_round(&real) == 0);
	real = nk_wide_quotient(&odd, -1074 - 54, 1, 1);
	CHECK(nk_real_round(&real) == 0x1p-1074);
	real = nk_wide_quotient(&one, -1080, 3, 1);
	CHECK(nk_real_round(&real) == 0);
	real = nk_wide_quotient(&one, -3000, UINT64_MAX, UINT64_MAX);
	CHECK(nk_real_round(&real) == 0);
	real = nk_wide_quotient(&one, 1024, 1, 1);
	CHECK(nk_real_round(&real) == INFINITY && root_of(&real) == 0x1p512);
	CHECK(nk_real_pair(&real).high == INFINITY);
	real = nk_wide_quotient(&one, -2148, 1, 1);
	CHECK(root_of(&real) == 0x1p-1074);
}

/* sums of signed products against the machine's 128 bits */
static void
test_products(void)
{
	bool		agree = true;
	bool		large = true;

	for (int i = 0; i < 3000; i++)
	{
		NkWide		sums[2] = {{0, {0}}, {0, {0}}};
		__int128	expected = 0;

		for (int k = 0; k < 6; k++)
		{
			__int128	number = (int64_t) random_bits() >> random_bits() % 64;
			int64_t		factors[2] = {
				(int64_t) random_bits() >> (36 + random_bits() % 28),
				(int64_t) random_bits() >> (36 + random_bits() % 28)
			};

			expected += number * factors[0] * factors[1];
			agree &= nk_wide_add_product(sums, number, factors, 2);
		}
		agree &= nk_wide_difference(sums) == (double) expected;
	}
	CHECK(agree);

	/* the ends of both ranges, and terms that leave nothing but the last */
	for (int sign = -1; sign <= 1; sign += 2)
	{
		NkWide		sums[2] = {{0, {0}}, {0, {0}}};
		__int128	least = -((__int128) 1 << 126) * 2;
		const int64_t ends[2] = {INT64_MIN, INT64_MIN};
		const int64_t back[2] = {INT64_MIN, INT64_MAX};
		const int64_t last[2] = {INT64_MIN, -1};
		const int64_t rest[2] = {sign, 3};

		large &= nk_wide_add_product(sums, least, ends, 2) &&
			nk_wide_add_product(sums, least, back, 2) &&
			nk_wide_add_product(sums, least, last, 2);
		/* together -2^191, and here it is again */
		large &= nk_wide_add_product(sums, -((__int128) 1 << 126),
									 (const int64_t[]) {4, INT64_MIN}, 2);
		large &= nk_wide_add_product(sums, 5, rest, 2);
		large &= nk_wide_difference(sums) == sign * 15;
	}
	CHECK(large);
}

int
main(void)
{
	test_identities();
	test_room();
	test_rounding();
	test_edges();
	test_products();
	return unit_report();
}
