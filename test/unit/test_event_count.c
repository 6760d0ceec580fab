/*
 * test_event_count.c - intervals of a Poisson count.
 *
 * Values: test/reference/event_count.tsv, and the published ones of Garwood
 * 1936, Breslow and Day 1987 and the indirectly standardised ratios of the
 * English public health methods.
 */
#include "event_count.h"
#include "reference.h"
#include "summaries.h"

static void
test_reference(void)
{
	Reference	table = reference_read("event_count.tsv");
	Group		status = {.name = "status ok, the estimate is the count"};
	Group		bounds[] = {
		{.name = "exact", .tolerance = 1e-12},
		{.name = "byar", .tolerance = 1e-12}
	};

	for (int row = 0; row < table.count; row++)
	{
		int			method = reference_choice(nk_count_methods,
											  reference_text(&table, row, "method"));
		int64_t		events = reference_count(&table, row, "events");
		NkInterval	got;

		group_expect(&status, row,
					 nk_count_interval(events,
									   reference_number(&table, row, "conf_level"),
									   (NkCountMethod) method, &got) == NK_OK &&
					 got.estimate == (double) events);
		/* Byar's lower bound is a cube of a difference */
		group_compare(&bounds[method], row, got.lower,
					  reference_number(&table, row, "lower"),
					  method == NK_COUNT_BYAR ? (double) events : 0);
		group_compare(&bounds[method], row, got.upper,
					  reference_number(&table, row, "upper"), 0);
	}
	group_report(&status);
	group_report(&bounds[NK_COUNT_EXACT]);
	group_report(&bounds[NK_COUNT_BYAR]);
	reference_free(&table);
}

static void
test_published(void)
{
	static const double values[][5] = {
		{0, 0, 3.68887945411, 0, 3.66801183217},
		{1, 0.0253178079843, 5.57164339094, 0.0130721329015, 5.56375558248},
		{10, 4.79538869613, 18.390356042, 4.78744991397, 18.3914586058},
		{65, 50.1656277292, 82.8478358159, 50.1631877105, 82.8491385459},
		{1045, 982.593709411, 1110.33077661, 982.593201807, 1110.33121299},
	};
	Group		printed = {.name = "published bounds", .tolerance = 5e-11};
	NkInterval	got;

	for (int i = 0; i < 5; i++)
	{
		nk_count_interval((int64_t) values[i][0], 0.95, NK_COUNT_EXACT, &got);
		group_compare(&printed, i, got.lower, values[i][1], 0);
		group_compare(&printed, i, got.upper, values[i][2], 0);
		nk_count_interval((int64_t) values[i][0], 0.95, NK_COUNT_BYAR, &got);
		group_compare(&printed, i, got.lower, values[i][3], 0);
		group_compare(&printed, i, got.upper, values[i][4], 0);
	}
	group_report(&printed);
}

/* bounds enclose the count and grow with it and with the level */
static void
test_order(void)
{
	static const double levels[] = {1e-20, 0.1, 0.5, 0.95, 0.9999, 1 - 1e-15};
	static const int64_t counts[] = {0, 1, 2, 9, 10, 1000, 1000000000,
	1000000000000000, INT64_MAX};
	Group		order = {.name = "bounds are finite and grow with count and level"};

	for (int method = NK_COUNT_EXACT; method <= NK_COUNT_BYAR; method++)
		for (int i = 0; i < 9; i++)
			for (int j = 1; j < 6; j++)
			{
				NkInterval	narrow;
				NkInterval	wide;
				NkInterval	more;

				group_expect(&order, i,
							 nk_count_interval(counts[i], levels[j - 1],
											   (NkCountMethod) method, &narrow) == NK_OK &&
							 nk_count_interval(counts[i], levels[j],
											   (NkCountMethod) method, &wide) == NK_OK);
				group_expect(&order, i, wide.lower >= 0 &&
							 wide.lower <= narrow.lower &&
							 narrow.upper <= wide.upper &&
							 isfinite(wide.upper));
				if (i == 8)
					continue;
				nk_count_interval(counts[i + 1], levels[j],
								  (NkCountMethod) method, &more);
				group_expect(&order, i, more.lower >= wide.lower &&
							 more.upper > wide.upper);
			}
	group_report(&order);
}

int
main(void)
{
	NkInterval	got;

	test_reference();
	test_published();
	test_order();
	CHECK(nk_count_interval(-1, 0.95, NK_COUNT_EXACT, &got) == NK_NEGATIVE_COUNT);
	CHECK(isnan(got.estimate));
	CHECK(nk_count_interval(1, 1, NK_COUNT_EXACT, &got) == NK_BAD_CONF_LEVEL);
	CHECK(nk_count_interval(1, NAN, NK_COUNT_BYAR, &got) == NK_BAD_CONF_LEVEL);
	CHECK(nk_count_method_for(9) == NK_COUNT_EXACT);
	CHECK(nk_count_method_for(10) == NK_COUNT_BYAR);
	return unit_report();
}
