/*
 * test_lca_data.c - patterns as a fit reads them: lca_data.c
 */
#include "response_patterns.h"

static void
test_masking(void)
{
	/* the third item is not looked at, but was observed of some */
	NkTally    *tally = patterns_read("11.:3 121:4 12.:5 2.1:6 ..1:7 .2.:8");
	void	   *room = patterns_room(nk_lca_data_size(tally));
	NkLcaData	data;

	CHECK(nk_lca_data(tally, 2, room, &data) == NK_OK);
	CHECK(data.items == 2 && data.patterns == 4);
	CHECK(data.n == 26 && data.n_unobserved == 7);
	CHECK(data.seen == 3 && data.varying == 3);

	/* in the order of what was observed, then of what was present */
	CHECK(data.observed[0] == 1 && data.present[0] == 1 && data.weight[0] == 6);
	CHECK(data.observed[1] == 2 && data.present[1] == 2 && data.weight[1] == 8);
	CHECK(data.observed[2] == 3 && data.present[2] == 0 && data.weight[2] == 3);
	CHECK(data.observed[3] == 3 && data.present[3] == 2 && data.weight[3] == 9);

	CHECK(nk_lca_data(tally, 0, room, &data) == NK_BAD_ITEMS);
	CHECK(nk_lca_data(tally, 64, room, &data) == NK_BAD_ITEMS);
	CHECK(nk_lca_data(tally, 63, room, &data) == NK_OK);
	CHECK(data.patterns == 6 && data.n_unobserved == 0 && data.seen == 7);
	/* nobody has the third item, and all have the first but three */
	CHECK(data.varying == 3);
	CHECK(nk_lca_data(tally, 1, room, &data) == NK_ITEMS_DIFFER);
	free(room);
	free(tally);
}

static void
test_nothing(void)
{
	NkTally    *empty = patterns_empty(0);
	NkTally    *unobserved = patterns_read("..1:7");
	NkLcaData	data = patterns_data(empty, 3);

	CHECK(data.patterns == 0 && data.n == 0 && data.seen == 0);
	data = patterns_data(unobserved, 2);
	CHECK(data.patterns == 0 && data.n == 0 && data.n_unobserved == 7);
}

/* masking brings entries together from everywhere: nothing gets lost */
static void
test_many(void)
{
	NkTally    *tally = patterns_empty(40000);
	NkLcaData	data;
	bool		sorted = true;
	double		n = 0;

	for (uint64_t i = 0; i < 40000; i++)
		patterns_put(tally, i << 40 | i * 2654435761 % 4096, 0, 1 + i % 7);
	nk_sort_entries(tally->words, tally->header.rows, 3, 2);
	data = patterns_data(tally, 12);
	for (size_t i = 0; i < data.patterns; i++)
	{
		if (i > 0)
			sorted = sorted && data.observed[i - 1] < data.observed[i];
		n += data.weight[i];
	}
	CHECK(sorted);
	CHECK(data.patterns <= 4095 && data.patterns > 4000);
	CHECK(n == data.n);
	CHECK(data.n + (double) data.n_unobserved == (double) tally->n);
	CHECK(data.varying == 0 && data.seen == 4095);
}

int
main(void)
{
	test_masking();
	test_nothing();
	test_many();
	return unit_report();
}
