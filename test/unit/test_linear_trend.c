/*
 * test_linear_trend.c - linear-by-linear association.
 *
 * Values: test/reference/linear_trend.tsv.
 */
#include "counts.h"
#include "linear_trend.h"
#include "summaries.h"

static void
read_scores(const char *text, double *scores)
{
	char	   *end;

	for (;; text = end + 1)
	{
		*scores++ = strtod(text, &end);
		if (*end == '\0')
			return;
	}
}

int
main(void)
{
	Reference	table = reference_read("linear_trend.tsv");
	Group		status = {.name = "status as expected"};
	Group		statistic = {.name = "statistic", .tolerance = 1e-13};
	Group		p = {.name = "p-value", .tolerance = 1e-12};
	Group		turned = {.name = "transposed", .tolerance = 1e-14};

	for (int row = 0; row < table.count; row++)
	{
		Counts		counts;
		NkTestResult got;
		NkTestResult other;
		double		u[MOST_CELLS];
		double		v[MOST_CELLS];
		NkStatus	code;

		counts_read(&counts, reference_text(&table, row, "counts"));
		read_scores(reference_text(&table, row, "row_scores"), u);
		read_scores(reference_text(&table, row, "column_scores"), v);
		code = nk_linear_trend_test(&counts.table, &counts.margins, u, v,
									&got);
		group_expect(&status, row, code == (NkStatus)
					 reference_choice(status_names,
									  reference_text(&table, row, "status")));
		group_compare(&statistic, row, got.statistic,
					  reference_number(&table, row, "statistic"), 0);
		group_compare(&p, row, got.p_value,
					  reference_number(&table, row, "p_value"), 0);
		counts_transpose(&counts);
		nk_linear_trend_test(&counts.table, &counts.margins, v, u, &other);
		group_compare(&turned, row, other.statistic, got.statistic, 0);
	}
	group_report(&status);
	group_report(&statistic);
	group_report(&p);
	group_report(&turned);
	reference_free(&table);
	return unit_report();
}
