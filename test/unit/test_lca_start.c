/*
 * test_lca_start.c - where climbs of latent classes begin
 */
#include "lca_start.h"
#include "response_patterns.h"

#define DRAWS	4000

/* which child it is near: items above their mean; -1 where there is none */
static int
child_of(const NkLcaStarts *starts, const NkLcaParameters *at, int k)
{
	uint64_t	above = 0;

	for (int j = 0; j < at->items; j++)
		if (at->probability[k * at->items + j] > starts->mean[j])
			above |= UINT64_C(1) << j;
	for (size_t i = 0; i < starts->data->patterns; i++)
		if (starts->data->present[i] == above)
			return (int) i;
	return -1;
}

/* the first class is near a child drawn from all, as often as there are such */
static void
test_near_children(void)
{
	NkLcaData	data = patterns_data(patterns_read(PATTERNS_CARCINOMA), 7);
	NkLcaParameters at = patterns_parameters(3, 7);
	NkLcaStarts starts;
	double		drawn[20] = {0};
	double		chi_square = 0;
	bool		inside = true;
	bool		differ = true;

	nk_lca_starts_init(&starts, &data, 1);
	CHECK_CLOSE(starts.mean[0], 66. / 118, 1e-15);
	for (int i = 0; i < DRAWS; i++)
	{
		int			child;

		nk_lca_start_near_children(&starts, i / 5, i % 5, &at);
		child = child_of(&starts, &at, 0);
		if (child >= 0)
			drawn[child]++;
		for (int k = 0; k < 21; k++)
			inside = inside && at.probability[k] > 0 && at.probability[k] < 1;
		for (int k = 0; k < 3; k++)
			differ = differ && child_of(&starts, &at, k) !=
				child_of(&starts, &at, (k + 1) % 3);
	}
	for (size_t i = 0; i < data.patterns; i++)
	{
		double		expected = DRAWS * data.weight[i] / data.n;

		chi_square += (drawn[i] - expected) * (drawn[i] - expected) / expected;
	}
	/* 19 degrees of freedom: exceeded once in a thousand times */
	CHECK(chi_square < 43.8);
	CHECK(inside && differ);
}

/* more patterns than blocks; an item that nobody was asked about */
static void
test_many(void)
{
	NkTally    *tally = patterns_empty(5000);
	NkLcaParameters at = patterns_parameters(1, 14);
	NkLcaStarts starts;
	NkLcaData	data;
	double		sum = 0;
	bool		half = true;

	for (int i = 0; i < 5000; i++)
		patterns_put(tally, 0x1fff, (uint64_t) i, 1 + i / 4000);
	data = patterns_data(tally, 14);
	nk_lca_starts_init(&starts, &data, 3);
	for (int i = 0; i < DRAWS; i++)
	{
		nk_lca_start_near_children(&starts, i, 0, &at);
		/* the highest item: of the patterns from 4096 on, twice 904 of 6000 */
		sum += at.probability[12] > starts.mean[12];
		half = half && at.probability[13] == .5;
	}
	CHECK(half);
	CHECK(fabs(sum / DRAWS - 1808. / 6000) < .03);
}

/* another seed, start or draw: other numbers; the same: the same */
static void
test_function(void)
{
	NkLcaData	data = patterns_data(patterns_read(PATTERNS_CARCINOMA), 7);
	NkLcaParameters a = patterns_parameters(2, 7);
	NkLcaParameters b = patterns_parameters(2, 7);
	NkLcaStarts starts;
	bool		inside = true;

	nk_lca_starts_init(&starts, &data, 1);
	nk_lca_start_anywhere(&starts, 0, 0, &a);
	nk_lca_start_anywhere(&starts, 0, 0, &b);
	CHECK(memcmp(a.probability, b.probability, 14 * sizeof(double)) == 0);
	CHECK(a.share[0] == .5 && a.share[1] == .5);
	nk_lca_start_anywhere(&starts, 0, 1, &b);
	CHECK(memcmp(a.probability, b.probability, 14 * sizeof(double)) != 0);
	nk_lca_start_anywhere(&starts, 1, 0, &b);
	CHECK(memcmp(a.probability, b.probability, 14 * sizeof(double)) != 0);
	nk_lca_starts_init(&starts, &data, 2);
	nk_lca_start_anywhere(&starts, 0, 0, &b);
	CHECK(memcmp(a.probability, b.probability, 14 * sizeof(double)) != 0);
	for (int i = 0; i < 14; i++)
		inside = inside && b.probability[i] >= .05 && b.probability[i] <= .95;
	CHECK(inside);
}

int
main(void)
{
	test_near_children();
	test_many();
	test_function();
	return unit_report();
}
