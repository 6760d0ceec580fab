/*
 * test_radix.c - sorting entries of words, and words that keep an order
 */
#include "radix.h"
#include "summaries.h"

#define MOST	5000

static uint64_t entries[MOST * 4];	/* fewer, if they are wider */
static size_t width;
static size_t keys;

static int
compare(const void *a, const void *b)
{
	uint64_t	x = *(const uint64_t *) a;
	uint64_t	y = *(const uint64_t *) b;

	return (x > y) - (x < y);
}

/* sorted by the keys; the words of each entry still belong together */
static bool
is_sorted(size_t count)
{
	for (size_t i = 0; i < count; i++)
	{
		const uint64_t *entry = entries + i * width;
		uint64_t	sum = 0;

		for (size_t k = 0; k < width - 1; k++)
			sum += entry[k];
		if (entry[width - 1] != ~sum)
			return false;
		for (size_t k = 0; i > 0 && k < keys; k++)
			if (entry[k] != entry[k - width])
			{
				if (entry[k] < entry[k - width])
					return false;
				break;
			}
	}
	return true;
}

/* words from all 64 bits, from few values, or that differ in one byte only */
static uint64_t
random_word(int form)
{
	switch (form)
	{
		case 0:
			return random_bits();
		case 1:
			return random_bits() % 7;
		case 2:
			return UINT64_C(0xFF00FF00FF00FF00) ^ random_bits() % 256 << 24;
		default:
			return nk_word_of_double((double) random_count(1000) - 500);
	}
}

static void
test_sort(void)
{
	static uint64_t firsts[MOST];
	bool		sorted = true;
	bool		kept = true;

	for (int run = 0; run < 400; run++)
	{
		size_t		count = random_bits() % (run % 10 ? 100 : MOST);

		width = 2 + random_bits() % 3;
		if (run % 50 == 0)
		{
			width = NK_SORT_WIDTH;
			count %= MOST * 4 / NK_SORT_WIDTH;
		}
		keys = 1 + random_bits() % (width - 1);
		for (size_t i = 0; i < count; i++)
		{
			uint64_t	sum = 0;

			for (size_t k = 0; k < width - 1; k++)
				sum += entries[i * width + k] = random_word(run % 4);
			entries[i * width + width - 1] = ~sum;
			firsts[i] = entries[i * width];
		}
		nk_sort_entries(entries, count, width, keys);
		sorted &= is_sorted(count);
		qsort(firsts, count, sizeof(*firsts), compare);
		for (size_t i = 0; i < count; i++)
			kept &= firsts[i] == entries[i * width];
	}
	CHECK(sorted);
	CHECK(kept);
}

static void
test_words(void)
{
	static const double rising[] = {
		-DBL_MAX, -1e300, -1.5, -1, -DBL_MIN, -0x1p-1074, 0, 0x1p-1074,
		DBL_MIN, 0.5, 1, 1 + DBL_EPSILON, 2, 1e300, DBL_MAX
	};
	static const int64_t integers[] = {
		INT64_MIN, INT64_MIN + 1, -1, 0, 1, INT64_MAX
	};
	bool		same = true;
	bool		rises = true;

	for (size_t i = 0; i < sizeof(rising) / sizeof(*rising); i++)
	{
		same &= nk_double_of_word(nk_word_of_double(rising[i])) == rising[i];
		rises &= i == 0 || nk_word_of_double(rising[i - 1]) <
			nk_word_of_double(rising[i]);
	}
	for (size_t i = 0; i < sizeof(integers) / sizeof(*integers); i++)
	{
		same &= nk_int64_of_word(nk_word_of_int64(integers[i])) == integers[i];
		rises &= i == 0 || nk_word_of_int64(integers[i - 1]) <
			nk_word_of_int64(integers[i]);
	}
	CHECK(same);
	CHECK(rises);
	CHECK(nk_word_of_double(-0.0) == nk_word_of_double(0.0));
	CHECK(nk_word_is_number(nk_word_of_double(-0.0)));
	CHECK(nk_word_is_number(nk_word_of_double(-DBL_MAX)));
	CHECK(!nk_word_is_number(nk_word_of_double(0) - 1));	/* -0 itself */
	CHECK(!nk_word_is_number(nk_word_of_double(INFINITY)));
	CHECK(!nk_word_is_number(0) && !nk_word_is_number(UINT64_MAX));
	CHECK(!signbit(nk_double_of_word(nk_word_of_double(-0.0))));
}

int
main(void)
{
	test_sort();
	test_words();
	return unit_report();
}
