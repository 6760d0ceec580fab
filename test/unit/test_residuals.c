/*
 * test_residuals.c - expected counts and residuals of the cells of a table.
 *
 * Values: test/reference/cell.tsv.
 */
#include "counts.h"
#include "residuals.h"

int
main(void)
{
	Reference	table = reference_read("cell.tsv");
	Group		expected = {.name = "expected", .tolerance = 1e-15};
	Group		std = {.name = "standardised", .tolerance = 1e-15};
	Group		adj = {.name = "adjusted", .tolerance = 2e-15};
	Group		p = {.name = "p-value", .tolerance = 1e-12};

	for (int row = 0; row < table.count; row++)
	{
		Counts		counts;
		NkCell		cell;

		counts_read(&counts, reference_text(&table, row, "counts"));
		cell = nk_cell(&counts.table, &counts.margins,
					   (uint32_t) reference_count(&table, row, "row"),
					   (uint32_t) reference_count(&table, row, "column"));
		group_compare(&expected, row, cell.expected,
					  reference_number(&table, row, "expected"), 0);
		group_compare(&std, row, cell.std_residual,
					  reference_number(&table, row, "std_residual"), 0);
		group_compare(&adj, row, cell.adj_residual,
					  reference_number(&table, row, "adj_residual"), 0);
		group_compare(&p, row, cell.p_value,
					  reference_number(&table, row, "p_value"), 0);
	}
	group_report(&expected);
	group_report(&std);
	group_report(&adj);
	group_report(&p);
	reference_free(&table);
	return unit_report();
}
