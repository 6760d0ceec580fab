/*
 * test_crossing.c - where the smooth shares of two classes cross.
 *
 * Values: test/reference/crossing.tsv, from R's mgcv and uniroot.
 */
#include "crossing.h"

#include "reference.h"

static const char *const statuses[] = {"ok", "no_crossing", NULL};

static NkCrossingAge ages[NK_CROSSING_AGES];

/* two columns of "90,2,5/80,10,4", with the ages of "0,3" */
static int
read_ages(const char *text, const char *counts, int from, int to)
{
	int			rows = 0;
	char	   *end = (char *) text;
	char	   *cell = (char *) counts;

	for (;; end++)
	{
		ages[rows] = (NkCrossingAge) {.age = strtod(end, &end)};
		for (int column = 0;; column++)
		{
			int64_t		n = strtoll(cell, &cell, 10);

			if (column == from)
				ages[rows].from = n;
			if (column == to)
				ages[rows].to = n;
			if (*cell++ != ',')
				break;
		}
		rows++;
		if (*end != ',')
			return rows;
	}
}

static void
test_reference(void)
{
	Reference	table = reference_read("crossing.tsv");
	Group		status = {.name = "status, number of crossings"};
	Group		age = {.name = "age", .tolerance = 1e-8};
	Group		bounds = {.name = "bounds", .tolerance = 1e-7};

	for (int row = 0; row < table.count; row++)
	{
		NkCrossing	crossing;
		int			count = read_ages(reference_text(&table, row, "ages"),
									  reference_text(&table, row, "counts"),
									  (int) reference_count(&table, row, "from"),
									  (int) reference_count(&table, row, "to"));
		NkStatus	got = nk_crossing(ages, count,
									  reference_number(&table, row, "conf_level"),
									  &crossing);

		group_expect(&status, row, got ==
					 (reference_choice(statuses,
									   reference_text(&table, row, "status")) == 0
					  ? NK_OK : NK_NO_CROSSING));
		group_expect(&status, row, crossing.crossings ==
					 reference_count(&table, row, "crossings"));
		group_compare(&age, row, crossing.age.estimate,
					  reference_number(&table, row, "age"), 0);
		group_compare(&bounds, row, crossing.age.lower,
					  reference_number(&table, row, "lower"), 0);
		group_compare(&bounds, row, crossing.age.upper,
					  reference_number(&table, row, "upper"), 0);
	}
	group_report(&status);
	group_report(&age);
	group_report(&bounds);
	reference_free(&table);
}

static NkStatus
status_of(const char *text, const char *counts, double conf_level)
{
	NkCrossing	crossing;
	int			count = read_ages(text, counts, 0, 1);
	NkStatus	status = nk_crossing(ages, count, conf_level, &crossing);

	if (status != NK_OK && !isnan(crossing.age.estimate))
		reference_fail("an age without a crossing", counts);
	return status;
}

static void
test_thin(void)
{
	NkCrossing	crossing;

	CHECK(nk_crossing(ages, 0, 0.95, &crossing) == NK_EMPTY);
	CHECK(crossing.crossings == -1);
	CHECK(status_of("1,2,3,4", "5,0/4,0/3,0/2,0", 0.95) == NK_ZERO_MARGIN);
	CHECK(status_of("1,2,3,4", "0,5/0,4/0,3/0,2", 0.95) == NK_ZERO_MARGIN);
	CHECK(status_of("1,2,3,4", "0,0/0,0/0,0/0,0", 0.95) == NK_ZERO_MARGIN);
	CHECK(status_of("1,2,3", "5,1/4,2/3,6", 0.95) == NK_TOO_FEW);
	CHECK(status_of("1,2,3,4", "5,1/0,0/4,2/3,6", 0.95) == NK_TOO_FEW);
	CHECK(status_of("7", "5,1", 0.95) == NK_TOO_FEW);
	CHECK(status_of("1,2,3,4", "5,0/4,0/0,6/0,7", 0.95) == NK_SEPARATION);
	CHECK(status_of("1,2,3,4", "1,5/2,4/3,6/2,7", 0.95) == NK_NO_CROSSING);
	CHECK(status_of("1,2,3,4", "5,5/5,5/5,5/5,5", 0.95) == NK_NO_CROSSING);
	CHECK(status_of("1,2,3,4", "5,1/4,2/3,6/2,7", 0) == NK_BAD_CONF_LEVEL);
	CHECK(status_of("1,2,3,4", "5,1/4,2/3,6/2,7", 0.95) == NK_OK);
	CHECK(status_of("-1e6,2,3,1e6",
					"1000000000,1/4,2/3,6/1,1000000000", 0.95) == NK_OK);
}

/* classes exchanged: the same roots, and at most one of both ends as larger */
static void
test_exchanged(void)
{
	Group		same = {.name = "as many crossings the other way round"};
	Group		inside = {.name = "the interval holds the age, within the ages"};
	Group		wider = {.name = "a higher level is wider"};

	for (int i = 0; i < 100; i++)
	{
		NkCrossing	crossing;
		NkCrossing	turned;
		NkCrossing	wide;
		int			count = 4 + i % 15;

		for (int k = 0; k < count; k++)
			ages[k] = (NkCrossingAge) {
				k, (i * 37 + k * k * 11) % 40, (i * 23 + k * 29) % 50
			};
		if (nk_crossing(ages, count, 0.9, &crossing) == NK_OK)
		{
			nk_crossing(ages, count, 0.99, &wide);
			group_expect(&inside, i, 0 <= crossing.age.lower &&
						 crossing.age.lower <= crossing.age.estimate &&
						 crossing.age.estimate <= crossing.age.upper &&
						 crossing.age.upper <= count - 1);
			group_expect(&wider, i, wide.age.lower <= crossing.age.lower &&
						 crossing.age.upper <= wide.age.upper);
		}
		for (int k = 0; k < count; k++)
			ages[k] = (NkCrossingAge) {ages[k].age, ages[k].to, ages[k].from};
		nk_crossing(ages, count, 0.9, &turned);
		group_expect(&same, i, crossing.crossings == turned.crossings &&
					 (isnan(crossing.age.estimate) ||
					  isnan(turned.age.estimate)));
	}
	group_report(&same);
	group_report(&inside);
	group_report(&wider);
}

int
main(void)
{
	test_reference();
	test_thin();
	test_exchanged();
	return unit_report();
}
