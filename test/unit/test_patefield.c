/*
 * test_patefield.c - random tables with given totals.
 *
 * The share of random tables that are no more probable than the observed one
 * estimates its exact p-value, which is known: of 2 x 2 tables from the
 * hypergeometric distribution, of others from test/reference/fisher.tsv.
 * Shares are compared in standard errors; together they must scatter as
 * binomial ones do.  Seeds are fixed, so nothing here is left to chance.
 */
#include "counts.h"
#include "exact.h"
#include "patefield.h"

#define REPLICATES	2000

static int64_t memory[NK_MOST_FACTORIALS + 1];

typedef struct Scatter
{
	int			tables;
	double		largest;		/* in standard errors */
	double		squares;
} Scatter;

static int32_t
hits(const Counts *counts, bool with_factorials, int64_t seed)
{
	NkLogFactorials factorials;
	NkMonteCarlo result;
	int64_t		left[MOST_CELLS];

	if (with_factorials)
		nk_log_factorials(counts->margins.n, memory, &factorials);
	nk_monte_carlo(&counts->table, &counts->margins,
				   with_factorials ? &factorials : NULL, REPLICATES, seed,
				   left, &result);
	return result.replicates == REPLICATES ? result.hits : -1;
}

static void
scatter_add(Scatter *scatter, const Counts *counts, double p,
			bool with_factorials)
{
	double		error = sqrt(p * (1 - p) / REPLICATES);
	double		z = ((double) hits(counts, with_factorials,
								   scatter->tables) / REPLICATES - p) / error;

	/* a share that cannot vary is right or wrong */
	if (p > 1 - 1e-9)
		z = hits(counts, with_factorials, 1) == REPLICATES ? 0 : INFINITY;
	else if (p * REPLICATES < 5)
		z = 0;
	scatter->tables++;
	scatter->largest = fmax(scatter->largest, fabs(z));
	scatter->squares += z * z;
}

/* the mean square of standard normal values is 1 */
static bool
is_random(const Scatter *scatter)
{
	printf("# %d tables, largest %.2f, mean square %.3f\n", scatter->tables,
		   scatter->largest, scatter->squares / scatter->tables);
	return scatter->largest < 4.5 && scatter->squares / scatter->tables < 1.1;
}

static double
fill_2x2(Counts *counts, int64_t marked, int64_t unmarked, int64_t drawn,
		 int64_t x)
{
	NkExactTest exact;

	counts->cells[0] = x;
	counts->cells[1] = drawn - x;
	counts->cells[2] = marked - x;
	counts->cells[3] = unmarked - drawn + x;
	counts_ready(counts, 2, 2);
	nk_exact_hypergeometric(x, marked, unmarked, drawn, &exact);
	return exact.p_value;
}

/* all 2 x 2 tables with up to so many of each */
static void
test_small(void)
{
	Scatter		scatter = {0, 0, 0};
	Counts		counts;

	for (int64_t marked = 1; marked <= 6; marked++)
		for (int64_t unmarked = 1; unmarked <= 6; unmarked++)
			for (int64_t drawn = 1; drawn < marked + unmarked; drawn++)
				for (int64_t x = drawn > unmarked ? drawn - unmarked : 0;
					 x <= marked && x <= drawn; x++)
				{
					double		p = fill_2x2(&counts, marked, unmarked, drawn, x);

					scatter_add(&scatter, &counts, p, (x & 1) == 0);
				}
	CHECK(is_random(&scatter));
}

/* cells from a handful to 1e14, each at several places of its distribution */
static void
test_large(void)
{
	Scatter		scatter = {0, 0, 0};
	Counts		counts;
	const int64_t totals[][3] = {
		{20, 300, 40}, {1000, 50, 30}, {10000, 10000, 10000}, {5, 90000, 700},
		{300000, 200000, 499000}, {1000000, 2000000, 500000},
		{1000000000, 1000000000, 3000000}, {1000000000000, 20, 100000000000},
		{1000000000000000, 3000000000000000, 70000000000000}
	};

	for (size_t i = 0; i < sizeof(totals) / sizeof(totals[0]); i++)
	{
		const int64_t *t = totals[i];
		double		n = (double) t[0] + (double) t[1];
		double		d = (double) t[2];
		double		mean = d * (double) t[0] / n;
		double		sd = sqrt(mean * (double) t[1] / n * (n - d) / (n - 1));

		for (double z = -2.5; z <= 2.5; z += 0.25)
		{
			int64_t		x = (int64_t) (mean + z * sd + 0.5);

			if (x < 0 || x > t[0] || x > t[2] || t[2] - x > t[1])
				continue;
			scatter_add(&scatter, &counts,
						fill_2x2(&counts, t[0], t[1], t[2], x), false);
			if (n < 1000000)
				scatter_add(&scatter, &counts,
							fill_2x2(&counts, t[0], t[1], t[2], x), true);
		}
	}
	CHECK(is_random(&scatter));
}

static void
test_any_shape(void)
{
	Reference	table = reference_read("fisher.tsv");
	Scatter		scatter = {0, 0, 0};

	for (int row = 0; row < table.count; row += 2)
	{
		Counts		counts;

		counts_read(&counts, reference_text(&table, row, "counts"));
		scatter_add(&scatter, &counts,
					reference_number(&table, row, "p_value"), true);
	}
	CHECK(is_random(&scatter));
	reference_free(&table);
}

static void
test_promises(void)
{
	Counts		counts;

	counts_read(&counts, "8,5,3/0,0,0/2,9,6/1,4,8");
	CHECK(hits(&counts, true, 5) == hits(&counts, true, 5));
	CHECK(hits(&counts, true, 5) != hits(&counts, true, 6));
	/* with and without factorials the same numbers make the same tables */
	CHECK(hits(&counts, true, 5) == hits(&counts, false, 5));

	unit_interrupt_checks = 0;
	hits(&counts, true, 1);
	CHECK(unit_interrupt_checks > REPLICATES);
}

int
main(void)
{
	test_small();
	test_large();
	test_any_shape();
	test_promises();
	return unit_report();
}
