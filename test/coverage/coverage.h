/*
 * coverage.h - data sets from a known world, and how often an answer holds.
 *
 * A program of this folder draws thousands of curves, asks each for its
 * intervals or tests, counts how often they are right, and reports the counts:
 *
 *     coverage_begin(argc, argv);
 *     for (int64_t i = 0; i < coverage_datasets(2000, 200); i++)
 *         draw_curve(SCENARIO_NATIONAL, 1, i, 20000, &curve), ...
 *     coverage_row("national: the band holds at all ages", 20000,
 *                  coverage_datasets(2000, 200), hits, 0.935, 0.965);
 *     return coverage_end();
 *
 * Alone it prints rows of a table (make coverage).  With --short it tries
 * fewer data sets and prints TAP, so that what is fast enough belongs to
 * test/run.  The same seed gives the same data sets on every machine.
 */
#ifndef NK_TEST_COVERAGE_H
#define NK_TEST_COVERAGE_H

#include "random.h"
#include "scenario.h"
#include "unit.h"

static bool coverage_short;

static inline void
coverage_begin(int argc, char **argv)
{
	coverage_short = argc > 1 && strcmp(argv[1], "--short") == 0;
	setvbuf(stdout, NULL, _IOLBF, 0);
}

/* how many data sets to draw: in full, or for the test suite */
static inline int64_t
coverage_datasets(int64_t full, int64_t brief)
{
	return coverage_short ? brief : full;
}

/*
 * So many of the data sets were answered rightly, and from low to high of them
 * should be.  The check fails where that is out of reach of chance: beyond 3.3
 * standard errors of that many data sets, once in a thousand if the truth is
 * at the limit itself.
 */
static inline void
coverage_row(const char *name, int64_t n, int64_t datasets, int64_t hits,
			 double low, double high)
{
	double		share = (double) hits / (double) datasets;
	double		error = sqrt(share * (1 - share) / (double) datasets);
	double		below = 3.3 * sqrt(low * (1 - low) / (double) datasets);
	double		above = 3.3 * sqrt(high * (1 - high) / (double) datasets);
	bool		passed = share >= low - below && share <= high + above;
	char		what[200];

	if (coverage_short)
	{
		snprintf(what, sizeof(what), "%s, n = %" PRId64, name, n);
		unit_check(passed, __FILE__, __LINE__, what);
	}
	else
	{
		printf("| %s | %" PRId64 " | %" PRId64 " | %.2f | %.2f | %g-%g%s |\n",
			   name, n, datasets, 100 * share, 100 * error, 100 * low,
			   100 * high, passed ? "" : " MISSED");
		unit_failures += !passed;
	}
	if (coverage_short && !passed)
		printf("# %.2f %% of %" PRId64 " data sets (+- %.2f), not %g to %g %%\n",
			   100 * share, datasets, 100 * error, 100 * low, 100 * high);
}

static inline int
coverage_end(void)
{
	if (coverage_short)
		return unit_report();
	return unit_failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#define COVERAGE_CELLS	(NK_CURVE_AGES * NK_CURVE_CELLS)

/*
 * A table that a single number chooses a cell from (Walker 1977, ACM Trans
 * Math Softw 3:253, doi 10.1145/355744.355749): with its own share of each
 * column, else the other cell of the column.
 */
typedef struct AliasTable
{
	double		own[COVERAGE_CELLS];
	int			other[COVERAGE_CELLS];
} AliasTable;

static inline void
alias_table(const double *shares, AliasTable *table)
{
	int			lesser[COVERAGE_CELLS];
	int			greater[COVERAGE_CELLS];
	int			less = 0;
	int			more = 0;

	for (int i = 0; i < COVERAGE_CELLS; i++)
	{
		table->own[i] = shares[i] * COVERAGE_CELLS;
		table->other[i] = i;
		if (table->own[i] < 1)
			lesser[less++] = i;
		else
			greater[more++] = i;
	}
	while (less > 0 && more > 0)
	{
		int			to = lesser[--less];
		int			from = greater[more - 1];

		table->other[to] = from;
		table->own[from] -= 1 - table->own[to];
		if (table->own[from] < 1)
			lesser[less++] = greater[--more];
	}
	/* what rounding left over fills its column */
	while (more > 0)
		table->own[greater[--more]] = 1;
	while (less > 0)
		table->own[lesser[--less]] = 1;
}

/* n children of a scenario, all facts known: a function of seed and data set */
static inline void
draw_curve(Scenario scenario, int64_t seed, int64_t dataset, int64_t n,
		   NkAgeCurve *curve)
{
	double		cells[NK_CURVE_AGES][NK_CURVE_CELLS];
	AliasTable	table;

	scenario_cells(scenario, cells);
	alias_table(&cells[0][0], &table);
	memset(curve, 0, sizeof(*curve));
	nk_summary_init(&curve->header, &nk_age_curve_kind);
	for (int64_t i = 0; i < n; i++)
	{
		double		at = nk_random_uniform(seed, (int32_t) dataset, i) *
			COVERAGE_CELLS;
		int			column = (int) at;
		int			cell = at - column < table.own[column] ?
			column : table.other[column];

		(&curve->cells[0][0])[cell]++;
	}
}

#endif							/* NK_TEST_COVERAGE_H */
