/*
 * test_freeman_halton.c - the exact test of tables of any shape.
 *
 * Values: test/reference/fisher.tsv, which adds up all tables as integers.
 */
#include "counts.h"
#include "exact.h"
#include "freeman_halton.h"
#include "summaries.h"

static int64_t factorials_memory[NK_MOST_FACTORIALS + 1];

static NkStatus
exact_p(const Counts *counts, double *p)
{
	NkLogFactorials factorials;
	void	   *memory = malloc(nk_freeman_halton_memory(&counts->table,
														 &counts->margins) + 1);
	NkStatus	status;

	nk_log_factorials(counts->margins.n, factorials_memory, &factorials);
	status = nk_freeman_halton(&counts->table, &counts->margins, &factorials,
							   memory, p);
	free(memory);
	return status;
}

static void
test_values(void)
{
	Reference	table = reference_read("fisher.tsv");
	Group		p = {.name = "p-value", .tolerance = 1e-12};
	Group		turned = {.name = "transposed", .tolerance = 1e-12};

	for (int row = 0; row < table.count; row++)
	{
		Counts		counts;
		double		got;

		counts_read(&counts, reference_text(&table, row, "counts"));
		group_expect(&p, row, exact_p(&counts, &got) == NK_OK);
		group_compare(&p, row, got, reference_number(&table, row, "p_value"),
					  0);
		counts_transpose(&counts);
		group_expect(&p, row, exact_p(&counts, &got) == NK_OK);
		group_compare(&turned, row, got,
					  reference_number(&table, row, "p_value"), 0);
	}
	group_report(&p);
	group_report(&turned);
	reference_free(&table);
}

/* the distribution of 2 x 2 tables has a program of its own */
static void
test_two_groups(void)
{
	Group		small = {.name = "2 x 2 to a hundred", .tolerance = 1e-13};
	Group		large = {.name = "2 x 2 to 1e5", .tolerance = 1e-12};

	for (int i = 0; i < 400; i++)
	{
		int64_t		most = i < 200 ? 25 : 25000;
		Counts		counts;
		NkExactTest exact;
		double		got;

		for (int cell = 0; cell < 4; cell++)
			counts.cells[cell] = random_count(most);
		counts_ready(&counts, 2, 2);
		if (counts.margins.status != NK_OK)
			continue;
		group_expect(&small, i, exact_p(&counts, &got) == NK_OK);
		nk_exact_hypergeometric(counts.cells[0], counts.margins.columns[0],
								counts.margins.columns[1],
								counts.margins.rows[0], &exact);
		group_compare(i < 200 ? &small : &large, i, got, exact.p_value,
					  exact.p_value < 1e-290 ? 1e-290 : 0);
	}
	group_report(&small);
	group_report(&large);
}

static void
test_limits(void)
{
	Counts		counts;
	double		p;

	/* too many tables, and shapes that do not fit a word */
	counts_read(&counts, "15,12,3,7/8,10,12,4/2,9,11,14/6,5,8,20");
	CHECK(exact_p(&counts, &p) == NK_NOT_CONVERGED && isnan(p));
	unit_interrupt_checks = 0;
	counts_read(&counts, "594,609,586,571,609/863,848,871,886,848");
	CHECK(exact_p(&counts, &p) == NK_NOT_CONVERGED);
	CHECK(unit_interrupt_checks > 1000);
	for (int cell = 0; cell < 225; cell++)
		counts.cells[cell] = 900 + cell;
	counts_ready(&counts, 15, 15);
	CHECK(nk_freeman_halton_memory(&counts.table, &counts.margins) == 0);
	CHECK(exact_p(&counts, &p) == NK_NOT_CONVERGED);
	counts_ready(&counts, 2, 100);
	CHECK(exact_p(&counts, &p) == NK_NOT_CONVERGED);

	/* a million children, of whom few are not alike */
	counts_read(&counts, "1000000,300/1,2/3,4");
	CHECK(exact_p(&counts, &p) == NK_OK);
	CHECK_CLOSE(p, 1.6363735066e-19, 1e-8);
	/* far below what a double can hold */
	counts_read(&counts, "500,0,0/0,500,0/0,0,500");
	CHECK(exact_p(&counts, &p) == NK_OK && p == 0);
}

int
main(void)
{
	test_values();
	test_two_groups();
	test_limits();
	return unit_report();
}
