/*
 * test_composition.c - simultaneous intervals of the shares of a row.
 *
 * Values: test/reference/composition.tsv; the first are Goodman's of 1965.
 */
#include "composition.h"
#include "counts.h"
#include "summaries.h"

int
main(void)
{
	Reference	table = reference_read("composition.tsv");
	Group		status = {.name = "status as expected"};
	Group		estimate = {.name = "share", .tolerance = 1e-15};
	Group		bounds = {.name = "bounds", .tolerance = 1e-13};
	Counts		counts;
	NkInterval	got;
	double		z;
	double		z_95;

	for (int row = 0; row < table.count; row++)
	{
		NkStatus	code;

		counts_read(&counts, reference_text(&table, row, "counts"));
		nk_simultaneous_critical_value(reference_number(&table, row,
														"conf_level"),
									   counts.table.columns, &z);
		code = nk_row_share(&counts.table, &counts.margins, z, 0, (uint32_t)
							reference_count(&table, row, "column"), &got);
		group_expect(&status, row, code == (NkStatus)
					 reference_choice(status_names,
									  reference_text(&table, row, "status")));
		group_compare(&estimate, row, got.estimate,
					  reference_number(&table, row, "estimate"), 0);
		group_compare(&bounds, row, got.lower,
					  reference_number(&table, row, "lower"), 0);
		group_compare(&bounds, row, got.upper,
					  reference_number(&table, row, "upper"), 0);
	}
	group_report(&status);
	group_report(&estimate);
	group_report(&bounds);
	reference_free(&table);

	/* one column: its share is 1, without a doubt to put into an interval */
	counts_read(&counts, "5/0");
	CHECK(nk_row_share(&counts.table, &counts.margins, z, 0, 0, &got) ==
		  NK_ZERO_MARGIN);
	CHECK(got.estimate == 1 && isnan(got.lower) && isnan(got.upper));
	CHECK(nk_row_share(&counts.table, &counts.margins, z, 1, 0, &got) ==
		  NK_EMPTY);

	nk_critical_value(0.95, &z_95);
	CHECK(nk_simultaneous_critical_value(0.95, 1, &z) == NK_OK && z == z_95);
	CHECK(nk_simultaneous_critical_value(0, 4, &z) == NK_BAD_CONF_LEVEL);
	CHECK(nk_simultaneous_critical_value(1, 4, &z) == NK_BAD_CONF_LEVEL);
	CHECK(nk_simultaneous_critical_value(NAN, 4, &z) == NK_BAD_CONF_LEVEL);
	return unit_report();
}
