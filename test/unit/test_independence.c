/*
 * test_independence.c - chi-square and G test of a table.
 *
 * Values: test/reference/table.tsv.
 */
#include "compare.h"
#include "counts.h"
#include "independence.h"
#include "summaries.h"

static void
test_values(void)
{
	Reference	table = reference_read("table.tsv");
	Group		status = {.name = "status as expected"};
	Group		x2 = {.name = "chi-square", .tolerance = 1e-14};
	Group		x2_p = {.name = "p of chi-square", .tolerance = 1e-12};
	Group		g = {.name = "G", .tolerance = 1e-14};
	Group		g_p = {.name = "p of G", .tolerance = 1e-12};
	Group		thin = {.name = "expected counts", .tolerance = 1e-15};
	Group		turned = {.name = "transposed", .tolerance = 1e-14};

	for (int row = 0; row < table.count; row++)
	{
		Counts		counts;
		NkIndependence got;
		NkStatus	code;

		counts_read(&counts, reference_text(&table, row, "counts"));
		code = nk_chisq_test(&counts.table, &counts.margins, &got);
		group_expect(&status, row,
					 code == (NkStatus)
					 reference_choice(status_names,
									  reference_text(&table, row, "status")));
		group_compare(&x2, row, got.test.statistic,
					  reference_number(&table, row, "chisq"), 0);
		group_expect(&status, row, unit_distance
					 (got.test.df, reference_number(&table, row, "df")) == 0);
		group_compare(&x2_p, row, got.test.p_value,
					  reference_number(&table, row, "chisq_p"), 0);
		group_compare(&thin, row, got.smallest_expected,
					  reference_number(&table, row, "smallest_expected"), 0);
		group_compare(&thin, row, got.share_below_5,
					  reference_number(&table, row, "share_below_5"), 0);

		group_expect(&status, row, code ==
					 nk_g_test(&counts.table, &counts.margins, &got));
		group_compare(&g, row, got.test.statistic,
					  reference_number(&table, row, "g"), 0);
		group_compare(&g_p, row, got.test.p_value,
					  reference_number(&table, row, "g_p"), 0);

		counts_transpose(&counts);
		group_expect(&status, row, code ==
					 nk_g_test(&counts.table, &counts.margins, &got));
		group_compare(&turned, row, got.test.statistic,
					  reference_number(&table, row, "g"), 0);
	}
	group_report(&status);
	group_report(&x2);
	group_report(&x2_p);
	group_report(&g);
	group_report(&g_p);
	group_report(&thin);
	group_report(&turned);
	reference_free(&table);
}

/* a 2 x 2 table is a comparison of two proportions */
static void
test_two_groups(void)
{
	Group		same = {.name = "2 x 2 is the test of two proportions",
		.tolerance = 1e-13};

	for (int i = 0; i < 2000; i++)
	{
		NkProportion a = random_proportion(1000000000);
		NkProportion b = random_proportion(1000000000);
		Counts		counts;
		NkComparison pair;
		NkIndependence got;
		NkStatus	status;

		counts.cells[0] = a.events;
		counts.cells[1] = a.n - a.events;
		counts.cells[2] = b.events;
		counts.cells[3] = b.n - b.events;
		counts_ready(&counts, 2, 2);
		status = nk_chisq_test(&counts.table, &counts.margins, &got);
		nk_compare(&a, &b, 0.95, NK_TEST_PEARSON, &pair);
		group_compare(&same, i, got.test.statistic, pair.test.statistic, 0);
		if (status == NK_ZERO_MARGIN)
			group_expect(&same, i, isnan(pair.test.p_value));
	}
	group_report(&same);
}

int
main(void)
{
	test_values();
	test_two_groups();
	return unit_report();
}
