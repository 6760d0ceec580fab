/*
 * test_rao_scott.c - the test of independence over clusters against reference
 * values, and what must hold for any table.
 *
 * Reference: test/reference/rao_scott.tsv, and a value of R's survey package.
 */
#include "designs.h"
#include "summaries.h"

static char scratch[DESIGN_CELLS * DESIGN_CELLS * 32] __attribute__((aligned(16)));

static NkStatus
run(const Design *design, NkTestResult *result)
{
	if (nk_rao_scott_scratch(&design->table) > sizeof(scratch))
		reference_fail("scratch is too small for", "a design");
	return nk_rao_scott_test(&design->table, scratch, result);
}

static void
compare(Group *group, int row, const NkTestResult *a, const NkTestResult *b)
{
	group_compare(group, row, a->statistic, b->statistic, 0);
	group_compare(group, row, a->df, b->df, 0);
	group_compare(group, row, a->df2, b->df2, 0);
	group_compare(group, row, a->p_value, b->p_value, 0);
}

static void
test_reference(void)
{
	Reference	table = reference_read("rao_scott.tsv");
	Group		status = {.name = "status as expected"};
	Group		statistic = {.name = "F", .tolerance = 1e-12};
	Group		df = {.name = "degrees of freedom", .tolerance = 1e-12};
	Group		p_value = {.name = "p-value", .tolerance = 1e-12};
	Group		turned = {.name = "transposed, and in another order", .tolerance = 1e-11};

	for (int row = 0; row < table.count; row++)
	{
		uint32_t	rows = (uint32_t) reference_count(&table, row, "rows");
		uint32_t	columns = (uint32_t) reference_count(&table, row, "columns");
		uint32_t	order[DESIGN_CELLS];
		Design		design;
		Design		other;
		NkTestResult got;
		NkTestResult again;
		NkStatus	code;

		design_read(&design, reference_text(&table, row, "clusters"), rows, columns);
		code = run(&design, &got);
		group_expect(&status, row, strcmp(status_names[code],
										  reference_text(&table, row, "status")) == 0);
		group_compare(&statistic, row, got.statistic,
					  reference_number(&table, row, "statistic"), 0);
		group_compare(&df, row, got.df, reference_number(&table, row, "df"), 0);
		group_compare(&df, row, got.df2, reference_number(&table, row, "df2"), 0);
		group_compare(&p_value, row, got.p_value,
					  reference_number(&table, row, "p_value"), 0);

		/* rows become columns, in backward order */
		for (uint32_t i = 0; i < columns; i++)
			for (uint32_t j = 0; j < rows; j++)
				order[i * rows + j] = (rows - 1 - j) * columns + columns - 1 - i;
		design_permute(&design, order, columns, rows, &other);
		group_expect(&status, row, run(&other, &again) == code);
		compare(&turned, row, &again, &got);
	}
	group_report(&status);
	group_report(&statistic);
	group_report(&df);
	group_report(&p_value);
	group_report(&turned);
	reference_free(&table);
}

/* svychisq of the unweighted sample apiclus1, survey 4.1 */
static void
test_published(void)
{
	Reference	table = reference_read("rao_scott.tsv");
	Design		design;
	NkTestResult got;

	design_read(&design, reference_text(&table, 0, "clusters"), 2, 3);
	CHECK(run(&design, &got) == NK_FEW_CLUSTERS);
	CHECK_CLOSE(got.statistic, 5.09046261529, 1e-11);
	CHECK_CLOSE(got.df, 1.49463977771, 1e-11);
	CHECK_CLOSE(got.df2, 20.9249568879, 1e-11);
	CHECK_CLOSE(got.p_value, 0.0230716168258, 1e-11);
	reference_free(&table);
}

/* empty rows and columns are not there; twice the children is another test */
static void
test_properties(void)
{
	Group		padded = {.name = "empty rows and columns do not matter"};
	Group		repeated = {.name = "clusters twice as large: the same test", .tolerance = 1e-12};

	for (int i = 0; i < 500; i++)
	{
		Design		design;
		Design		wider;
		Design		twice;
		NkTestResult a;
		NkTestResult b;
		NkStatus	code;
		int64_t		most = (int64_t) 1 << random_bits() % 30;
		int			clusters = 2 + (int) random_count(40);

		design_start(&design, 3, 3);
		design_start(&wider, 4, 5);
		design_start(&twice, 3, 3);
		for (int g = 0; g < clusters; g++)
		{
			int64_t		cells[9];
			int64_t		more[20] = {0};

			for (int c = 0; c < 9; c++)
			{
				cells[c] = random_count(most);
				more[(c / 3 + (c / 3 > 1)) * 5 + c % 3 * 2] = cells[c];
			}
			design_add(&design, 1, cells);
			design_add(&wider, 1, more);
			for (int c = 0; c < 9; c++)
				cells[c] *= 2;
			design_add(&twice, 1, cells);
		}
		code = run(&design, &a);
		group_expect(&padded, i, run(&wider, &b) == code);
		compare(&padded, i, &b, &a);
		group_expect(&repeated, i, run(&twice, &b) == code);
		compare(&repeated, i, &b, &a);
	}
	group_report(&padded);
	group_report(&repeated);
}

/* the largest table that there may be */
static void
test_largest(void)
{
	static int64_t counts[NK_CLUSTERED_CELLS];
	static NkProduct products[NK_CLUSTERED_CELLS * (NK_CLUSTERED_CELLS + 1) / 2];
	NkClusterTable table = {300, 16, 16, counts, products};
	void	   *memory = malloc(nk_rao_scott_scratch(&table));
	NkTestResult got;
	long		checks = unit_interrupt_checks;

	for (int g = 0; g < 300; g++)
	{
		int64_t		cells[NK_CLUSTERED_CELLS];
		NkProduct  *product = products;

		for (int i = 0; i < NK_CLUSTERED_CELLS; i++)
		{
			cells[i] = random_count(20);
			counts[i] += cells[i];
			for (int j = 0; j <= i; j++)
				*product++ += cells[i] * cells[j];
		}
	}
	CHECK(nk_rao_scott_test(&table, memory, &got) == NK_OK);
	CHECK(got.df > 0 && got.df <= 225 && got.p_value > 0 && got.p_value < 1);
	CHECK(unit_interrupt_checks - checks > 200);
	free(memory);
}

int
main(void)
{
	test_reference();
	test_published();
	test_properties();
	test_largest();
	return unit_report();
}
