/*
 * test_quantile.c - medians, quantiles and shares of counted values
 *
 * Values: test/reference/values.tsv.
 */
#include "quantile.h"

#include "summaries.h"
#include "valued.h"

static void
test_table(void)
{
	Reference	table = reference_read("values.tsv");
	Group		status = {.name = "status as expected"};
	Group		estimate = {.name = "quantile", .tolerance = 1e-12};
	Group		bounds = {.name = "bounds", .tolerance = 1e-12};
	Group		at_least = {.name = "children that reach a level"};

	for (int row = 0; row < table.count; row++)
	{
		NkValues	values = values_read(reference_text(&table, row, "group"),
										 0);
		double		p = reference_number(&table, row, "p");
		double		several[] = {p, NAN, 0.5, p};
		double		quantiles[4];
		NkInterval	got;
		NkStatus	code = nk_quantile_interval(&values, p,
												reference_number(&table, row, "conf_level"),
												&got);

		group_expect(&status, row, reference_is(&table, row, "status",
												status_names[code]));
		group_compare(&estimate, row, got.estimate,
					  reference_number(&table, row, "estimate"), 0);
		group_compare(&bounds, row, got.lower,
					  reference_number(&table, row, "lower"), 0);
		group_compare(&bounds, row, got.upper,
					  reference_number(&table, row, "upper"), 0);
		group_expect(&at_least, row,
					 nk_at_least(&values, reference_number(&table, row, "level")) ==
					 reference_count(&table, row, "at_least"));

		/* one after the other, in any order */
		group_expect(&status, row,
					 nk_quantiles(&values, several, 4, quantiles) ==
					 (values.n > 0 ? NK_OK : NK_EMPTY) &&
					 unit_distance(quantiles[0], got.estimate) == 0 &&
					 unit_distance(quantiles[3], got.estimate) == 0 &&
					 isnan(quantiles[1]) &&
					 unit_distance(quantiles[2], nk_median(&values)) == 0);
		/* in the place of the probabilities */
		nk_quantiles(&values, several, 4, several);
		group_expect(&status, row,
					 memcmp(several, quantiles, sizeof(several)) == 0);
	}
	group_report(&status);
	group_report(&estimate);
	group_report(&bounds);
	group_report(&at_least);
	reference_free(&table);
}

static void
test_settings(void)
{
	NkValues	values = values_read("1:3 2:4", 0);
	NkValues	none = values_read("-", 1);
	double		p = 1.5;
	double		got;
	NkInterval	interval;

	/* a wrong setting is told even where the data are empty */
	CHECK(nk_quantiles(&none, &p, 1, &got) == NK_BAD_PROBABILITY);
	CHECK(nk_quantile_interval(&none, p, 0.95, &interval) ==
		  NK_BAD_PROBABILITY);
	CHECK(nk_quantile_interval(&none, NAN, 0.95, &interval) ==
		  NK_BAD_PROBABILITY);
	CHECK(nk_quantile_interval(&values, 0.5, 1, &interval) ==
		  NK_BAD_CONF_LEVEL);
	CHECK(nk_at_least(&values, -INFINITY) == 7);
	CHECK(nk_at_least(&values, INFINITY) == 0);
	CHECK(nk_at_least(&values, NAN) == 0);
	CHECK(nk_at_least(&none, 1) == 0);
}

static void
test_levels(void)
{
	NkValues	values = values_read("1:3 2.5:4 9:1", 0);
	NkLevel		level = nk_level(&values, 1, 5, 1.959963984540054);

	CHECK(level.value == 2.5 && level.n == 4 && level.share == 0.5);
	CHECK(level.at_least.estimate == 0.625);
	CHECK_CLOSE(level.at_least.lower, 0.30574, 1e-4);
	CHECK_CLOSE(level.at_least.upper, 0.86316, 1e-4);
}

/* bounds of the median of many children: ranks n/2 -+ z sqrt(n)/2 or so */
static void
test_many(void)
{
	NkValues	values = values_read("1:499999000 2:1000 3:1000 4:499999000", 0);
	NkInterval	got;

	CHECK(nk_quantile_interval(&values, 0.5, 0.95, &got) == NK_OK);
	CHECK(got.estimate == 2.5 && got.lower == 1 && got.upper == 4);
	values = values_read("1:499900000 2:100000 3:100000 4:499900000", 0);
	CHECK(nk_quantile_interval(&values, 0.5, 0.95, &got) == NK_OK);
	CHECK(got.estimate == 2.5 && got.lower == 2 && got.upper == 3);
	CHECK(nk_quantile_interval(&values, 0.5, 0.9999999999, &got) == NK_OK);
	CHECK(got.lower == 1 && got.upper == 4);
}

int
main(void)
{
	test_settings();
	test_table();
	test_levels();
	test_many();
	return unit_report();
}
