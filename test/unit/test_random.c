/*
 * test_random.c - the random numbers of the demonstration data.
 *
 * The known values come from an independent implementation in Python
 * (arbitrary integers, masked to 64 bits).  They may never change: the
 * demonstration data of a seed are the same rows in every version.
 */
#include "unit.h"

#include "../../src/kernel/random.h"

/* every place of 0 .. n - 1 is hit exactly once */
static bool
is_permutation(int64_t seed, int32_t stream, int64_t n)
{
	bool	   *seen = calloc((size_t) n, sizeof(bool));
	bool		good = seen != NULL;

	for (int64_t i = 0; good && i < n; i++)
	{
		int64_t		rank = nk_random_rank(seed, stream, n, i);

		good = rank >= 0 && rank < n && !seen[rank];
		if (good)
			seen[rank] = true;
	}
	free(seen);
	return good;
}

/* chi-square of a 16 x 16 table of two draws that should not be related */
static double
chi_square_256(const int64_t *counts, double n)
{
	double		sum = 0;

	for (int cell = 0; cell < 256; cell++)
	{
		double		d = (double) counts[cell] - n / 256;

		sum += d * d / (n / 256);
	}
	return sum;
}

/* 255 degrees of freedom: the middle 99.9998 % lie within 158 .. 372 */
#define CHECK_CHI_SQUARE(x) CHECK((x) > 158 && (x) < 372)

static void
test_known_values(void)
{
	CHECK(nk_random_bits(0, 0, 0) ==
		  UINT64_C(0x3f4f9801250e3581));
	CHECK(nk_random_bits(1, 1, 0) ==
		  UINT64_C(0xc9c1a15e18e91072));
	CHECK(nk_random_bits(1, 1, 1) ==
		  UINT64_C(0xc1ea70568bf559ad));
	CHECK(nk_random_bits(1, 2, 1) ==
		  UINT64_C(0x8b3a06a4a9add829));
	CHECK(nk_random_bits(-1, -1, -1) ==
		  UINT64_C(0x1fe77e60b8b0ddef));
	CHECK(nk_random_bits(INT64_MAX, 7, 123456789) ==
		  UINT64_C(0x0998afdaaa615589));
	CHECK(nk_random_uniform(1, 1, 0) == 0x1.938342bc31d22p+52 * 0x1p-53);
	CHECK(nk_random_below(1, 1, 0, 1000) == 788);
	CHECK(nk_random_rank(1, 1, 1, 0) == 0);
	CHECK(nk_random_rank(1, 1, 10, 0) == 1);
	CHECK(nk_random_rank(1, 1, 10, 9) == 8);
	CHECK(nk_random_rank(1, 1, 21858, 0) == 290);
	CHECK(nk_random_rank(7, -3, 21858, 21857) == 8686);
	CHECK(nk_random_rank(1, 2, 189000, 1000) == 133602);
	CHECK(nk_random_rank(3, 1, 1000000000000, 5) == 936777234103);
}

static void
test_permutations(void)
{
	static const int64_t sizes[] = {1, 2, 3, 4, 5, 7, 10, 97, 100, 101, 1000,
									21858, 65536, 65537, 189000};
	const int64_t huge = INT64_MAX;
	bool		good = true;
	int			moved = 0;

	for (size_t s = 0; s < sizeof(sizes) / sizeof(sizes[0]); s++)
		for (int32_t stream = -1; stream <= 2; stream++)
			good = good && is_permutation(stream * 7919, stream, sizes[s]);
	CHECK(good);

	/* the largest n stays inside, and different places stay different */
	CHECK(nk_random_rank(1, 1, huge, huge - 1) < huge);
	CHECK(nk_random_rank(1, 1, huge, 0) >= 0);
	CHECK(nk_random_rank(1, 1, huge, 0) != nk_random_rank(1, 1, huge, 1));

	/* another seed or stream gives another order */
	for (int64_t i = 0; i < 1000; i++)
		moved += nk_random_rank(1, 1, 1000, i) != nk_random_rank(2, 1, 1000, i)
			&& nk_random_rank(1, 1, 1000, i) != nk_random_rank(1, 2, 1000, i);
	CHECK(moved > 980);
}

/* all 24 orders of four places come about equally often */
static void
test_small_orders(void)
{
	int64_t		counts[256] = {0};
	double		sum = 0;
	int			orders = 0;

	for (int32_t stream = 0; stream < 48000; stream++)
	{
		int			code = 0;

		for (int64_t i = 0; i < 4; i++)
			code = code * 4 + (int) nk_random_rank(11, stream, 4, i);
		counts[code]++;
	}
	for (int code = 0; code < 256; code++)
		if (counts[code] > 0)
		{
			double		d = (double) counts[code] - 2000;

			orders++;
			sum += d * d / 2000;
		}
	CHECK(orders == 24);
	CHECK(sum > 4 && sum < 62);		/* 23 degrees of freedom */
}

static void
test_uniformity(void)
{
	enum { N = 1 << 20 };
	int64_t		neighbours[256] = {0};
	int64_t		streams[256] = {0};
	int64_t		seeds[256] = {0};
	int64_t		ranks[256] = {0};
	double		mean = 0;
	bool		inside = true;

	for (int64_t i = 0; i < N; i++)
	{
		double		u = nk_random_uniform(5, 3, i);
		int64_t		a = nk_random_below(5, 3, i, 16);

		inside = inside && u >= 0 && u < 1 && a == (int64_t) (u * 16);
		mean += u / N;
		neighbours[a * 16 + nk_random_below(5, 3, i + 1, 16)]++;
		streams[a * 16 + nk_random_below(5, 4, i, 16)]++;
		seeds[a * 16 + nk_random_below(6, 3, i, 16)]++;
		ranks[(nk_random_rank(5, 3, N, i) >> 16) * 16 +
			  (nk_random_rank(5, 3, N, (i + 1) % N) >> 16)]++;
	}
	CHECK(inside);
	CHECK_CLOSE(mean, 0.5, 0.005);
	CHECK_CHI_SQUARE(chi_square_256(neighbours, N));
	CHECK_CHI_SQUARE(chi_square_256(streams, N));
	CHECK_CHI_SQUARE(chi_square_256(seeds, N));
	CHECK_CHI_SQUARE(chi_square_256(ranks, N));
}

int
main(void)
{
	test_known_values();
	test_permutations();
	test_small_orders();
	test_uniformity();
	return unit_report();
}
