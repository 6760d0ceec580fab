/*
 * test_cramers_v.c - Cramer's V, its bias correction and its interval.
 *
 * Values: test/reference/table.tsv.  A bias-corrected V of nearly 0 is a
 * difference of larger numbers: it is held to 1e-13 of their root.
 */
#include "counts.h"
#include "cramers_v.h"
#include "summaries.h"

static void
test_values(void)
{
	Reference	table = reference_read("table.tsv");
	Group		status = {.name = "status as expected"};
	Group		v = {.name = "V", .tolerance = 1e-14};
	Group		corrected = {.name = "bias-corrected", .tolerance = 1e-13};
	Group		bounds = {.name = "bounds", .tolerance = 1e-12};
	Group		turned = {.name = "transposed", .tolerance = 1e-14};

	for (int row = 0; row < table.count; row++)
	{
		double		conf_level = reference_number(&table, row, "conf_level");
		double		n;
		Counts		counts;
		NkCramersV	got;
		NkCramersV	other;

		counts_read(&counts, reference_text(&table, row, "counts"));
		group_expect(&status, row, (int)
					 nk_cramers_v(&counts.table, &counts.margins, conf_level,
								  &got) ==
					 reference_choice(status_names,
									  reference_text(&table, row, "status")));
		n = (double) counts.margins.n;
		group_compare(&v, row, got.v.estimate,
					  reference_number(&table, row, "v"), 0);
		group_compare(&corrected, row, got.bias_corrected,
					  reference_number(&table, row, "bias_corrected"),
					  got.v.estimate);
		group_compare(&bounds, row, got.v.lower,
					  reference_number(&table, row, "v_lower"), 1 / sqrt(n));
		group_compare(&bounds, row, got.v.upper,
					  reference_number(&table, row, "v_upper"), 1 / sqrt(n));

		counts_transpose(&counts);
		nk_cramers_v(&counts.table, &counts.margins, conf_level, &other);
		group_compare(&turned, row, other.v.estimate, got.v.estimate, 0);
		group_compare(&turned, row, other.bias_corrected, got.bias_corrected,
					  got.v.estimate);
	}
	group_report(&status);
	group_report(&v);
	group_report(&corrected);
	group_report(&bounds);
	group_report(&turned);
	reference_free(&table);
}

int
main(void)
{
	Counts		counts;
	NkCramersV	got;

	test_values();

	/* one column for each row: complete, however many there are */
	counts_read(&counts, "7,0,0,0/0,5,0,0/0,0,9,0/0,0,0,1");
	nk_cramers_v(&counts.table, &counts.margins, 0.95, &got);
	CHECK(got.v.estimate == 1 && got.v.upper == 1);
	CHECK_CLOSE(got.bias_corrected, 1, 1e-15);
	/* one child a row says nothing about what lies behind */
	counts_read(&counts, "1,0,0/0,1,0/0,0,1");
	nk_cramers_v(&counts.table, &counts.margins, 0.95, &got);
	CHECK(got.v.estimate == 1 && isnan(got.bias_corrected));

	/* more independent than independence */
	counts_read(&counts, "10,20,30/20,40,60");
	nk_cramers_v(&counts.table, &counts.margins, 0.95, &got);
	CHECK(got.v.estimate == 0 && got.bias_corrected == 0 &&
		  got.v.lower == 0 && got.v.upper == 0);

	CHECK(nk_cramers_v(&counts.table, &counts.margins, 1, &got) ==
		  NK_BAD_CONF_LEVEL);
	CHECK(nk_cramers_v(&counts.table, &counts.margins, 0, &got) ==
		  NK_BAD_CONF_LEVEL);
	CHECK(nk_cramers_v(&counts.table, &counts.margins, NAN, &got) ==
		  NK_BAD_CONF_LEVEL);
	return unit_report();
}
