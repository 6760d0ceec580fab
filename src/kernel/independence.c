/*
 * independence.c - tests of independence of rows and columns
 *
 * With O children in a cell, E = row total x column total / n expected:
 *
 *	chi-square	sum of (O - E)^2 / E; K. Pearson 1900, Phil Mag 50:157,
 *				doi 10.1080/14786440009463897
 *	G			2 sum of O ln(O / E); Wilks 1935, Ann Math Stat 6:190,
 *				doi 10.1214/aoms/1177732564
 *
 * both on (r - 1)(c - 1) degrees of freedom, without a correction.  They are
 * sound where every cell expects a child and at most a fifth of the cells
 * less than five; Cochran 1954, Biometrics 10:417, doi 10.2307/3001616.
 * Elsewhere the p-value is given with NK_TOO_FEW, and an exact test is the
 * better one (freeman_halton.h).
 *
 * G is summed as twice the deviances O ln(O / E) + E - O, which add the same
 * because all O add to n as all E do, but are never negative: nothing
 * cancels.  Accuracy: 1e-12 relative, held by test_independence.
 */
#include "independence.h"

#include "dist.h"
#include "pair.h"

/* what one cell adds to a statistic */
typedef double (*Contribution) (const NkTable *table,
								const NkMargins *margins, uint32_t row,
								uint32_t column);

static double
pearson(const NkTable *table, const NkMargins *margins, uint32_t row,
		uint32_t column)
{
	double		surplus = nk_surplus(table, margins, row, column);

	return surplus / nk_expected(margins, row, column) * surplus;
}

static double
likelihood_ratio(const NkTable *table, const NkMargins *margins,
				 uint32_t row, uint32_t column)
{
	return 2 * nk_deviance((double) nk_count(table, row, column),
						   nk_expected(margins, row, column),
						   nk_surplus(table, margins, row, column));
}

/* the sum over all cells of rows and columns that have children */
static double
sum_cells(const NkTable *table, const NkMargins *margins,
		  Contribution contribution)
{
	NkPair		sum = {0, 0};

	for (uint32_t i = 0; i < table->rows; i++)
		for (uint32_t j = 0; j < table->columns; j++)
		{
			nk_check_interrupts_at(j);
			if (margins->rows[i] > 0 && margins->columns[j] > 0)
				sum = nk_pair_add(sum, (NkPair)
								  {contribution(table, margins, i, j), 0});
		}
	return sum.high;
}

/* the smallest total that is not 0 */
static int64_t
least_total(const int64_t *totals, uint32_t length)
{
	int64_t		least = INT64_MAX;

	for (uint32_t i = 0; i < length; i++)
		if (totals[i] > 0 && totals[i] < least)
			least = totals[i];
	return least;
}

/* how many cells expect fewer than five children */
static uint64_t
count_below_5(const NkTable *table, const NkMargins *margins)
{
	uint64_t	below = 0;

	for (uint32_t i = 0; i < table->rows; i++)
		for (uint32_t j = 0; j < table->columns; j++)
		{
			nk_check_interrupts_at(j);
			if (margins->rows[i] > 0 && margins->columns[j] > 0)
				below += (__int128) margins->rows[i] * margins->columns[j] <
					(__int128) 5 * margins->n;
		}
	return below;
}

/* Cochran's rule; the counts are compared as integers */
static NkStatus
judge_expected(const NkTable *table, const NkMargins *margins,
			   NkIndependence *result)
{
	__int128	least = (__int128) least_total(margins->rows, table->rows) *
		least_total(margins->columns, table->columns);
	uint64_t	below = count_below_5(table, margins);
	uint64_t	cells = (uint64_t) margins->used_rows *
		margins->used_columns;

	result->smallest_expected = (double) least / (double) margins->n;
	result->share_below_5 = (double) below / (double) cells;
	return least < margins->n || 5 * below > cells ? NK_TOO_FEW : NK_OK;
}

static NkStatus
test_independence(const NkTable *table, const NkMargins *margins,
				  Contribution contribution, NkIndependence *result)
{
	NkStatus	verdict;

	*result = (NkIndependence) {NK_NO_TEST, NK_UNDEFINED, NK_UNDEFINED};
	if (margins->status != NK_OK && margins->status != NK_ZERO_MARGIN)
		return margins->status;
	verdict = judge_expected(table, margins, result);
	if (margins->status == NK_ZERO_MARGIN)
		return NK_ZERO_MARGIN;
	result->test = nk_chisq_result(sum_cells(table, margins, contribution),
								   nk_table_df(margins));
	return verdict;
}

NkStatus
nk_chisq_test(const NkTable *table, const NkMargins *margins,
			  NkIndependence *result)
{
	return test_independence(table, margins, pearson, result);
}

NkStatus
nk_g_test(const NkTable *table, const NkMargins *margins,
		  NkIndependence *result)
{
	return test_independence(table, margins, likelihood_ratio, result);
}
