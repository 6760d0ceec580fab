/*
 * fisher.c - the exact test of independence, for a table of any size
 *
 *	fisher			2 x 2; exact.c
 *	freeman-halton	exact, where it takes milliseconds; freeman_halton.c
 *	monte-carlo		random tables with the same totals (patefield.c); with B
 *					of them, h no more probable than the observed one,
 *					p = (1 + h) / (1 + B)
 *
 * The observed table counts as one of the random ones, so that the test keeps
 * its level whatever B is (Davison and Hinkley 1997, Bootstrap Methods and
 * their Application, 4.2, doi 10.1017/CBO9780511802843).  How well B tables
 * tell the exact p-value is said by the interval of Clopper and Pearson for h
 * of B.  Accuracy: that of the parts; test_fisher.
 */
#include "fisher.h"

#include "exact.h"
#include "freeman_halton.h"
#include "interval.h"
#include "patefield.h"

/* above it a double no longer tells one count from the next */
#define MOST_CHILDREN	((int64_t) 1 << 53)

/* with more children a table of factorials pays only for so many cells */
#define FEW_CHILDREN	((int64_t) 1 << 20)
#define MANY_CELLS		1000

const char *const nk_fisher_methods[] = {
	"fisher", "freeman-halton", "monte-carlo", NULL
};

static bool
is_2x2(const NkMargins *margins)
{
	return margins->used_rows == 2 && margins->used_columns == 2;
}

static bool
has_factorials(const NkMargins *margins)
{
	return margins->n > 0 && margins->n <= NK_MOST_FACTORIALS &&
		(margins->n <= FEW_CHILDREN || nk_table_df(margins) > MANY_CELLS);
}

static size_t
factorials_size(const NkMargins *margins)
{
	return has_factorials(margins) ?
		((size_t) margins->n + 1) * sizeof(int64_t) : 0;
}

size_t
nk_fisher_memory(const NkTable *table, const NkMargins *margins)
{
	size_t		random = table->columns * sizeof(int64_t);
	size_t		exact;

	if (is_2x2(margins))
		return 0;
	exact = has_factorials(margins) ?
		nk_freeman_halton_memory(table, margins) : 0;
	return factorials_size(margins) + (exact > random ? exact : random);
}

/* the place of the next total that is not 0 */
static uint32_t
next_used(const int64_t *totals, uint32_t place)
{
	while (totals[place] == 0)
		place++;
	return place;
}

static NkStatus
fisher_2x2(const NkTable *table, const NkMargins *margins, double *p)
{
	uint32_t	row = next_used(margins->rows, 0);
	uint32_t	column = next_used(margins->columns, 0);
	int64_t		marked = margins->columns[column];
	NkExactTest exact;
	NkStatus	status;

	status = nk_exact_hypergeometric(nk_count(table, row, column), marked,
									 margins->n - marked, margins->rows[row],
									 &exact);
	*p = exact.p_value;
	return status;
}

static NkStatus
monte_carlo(const NkTable *table, const NkMargins *margins,
			const NkLogFactorials *factorials, int32_t replicates,
			int64_t seed, int64_t *memory, NkFisher *result)
{
	NkMonteCarlo random;
	NkProportion hits = {.n = 0};
	NkInterval	interval;
	NkStatus	status;

	nk_monte_carlo(table, margins, factorials, replicates, seed, memory,
				   &random);
	hits.n = random.replicates;
	hits.events = random.hits;
	status = nk_confint(&hits, 0.95, NK_CLOPPER_PEARSON, &interval);
	result->method = NK_MONTE_CARLO;
	result->replicates = random.replicates;
	result->p_value = (1 + (double) random.hits) /
		(1 + (double) random.replicates);
	result->p_lower = interval.lower;
	result->p_upper = interval.upper;
	return status;
}

NkStatus
nk_fisher_test(const NkTable *table, const NkMargins *margins,
			   int32_t replicates, int64_t seed, void *memory,
			   NkFisher *result)
{
	char	   *scratch = (char *) memory + factorials_size(margins);
	NkLogFactorials factorials;
	NkStatus	status = margins->status;

	*result = (NkFisher) {
		.method = NK_FREEMAN_HALTON,
		.p_value = NK_UNDEFINED,
		.p_lower = NK_UNDEFINED,
		.p_upper = NK_UNDEFINED
	};
	if (replicates < 1)
		return NK_BAD_REPLICATES;
	if (status != NK_OK)
		return status;
	if (margins->n > MOST_CHILDREN)
		return NK_NOT_CONVERGED;

	if (is_2x2(margins))
	{
		result->method = NK_FISHER_2X2;
		status = fisher_2x2(table, margins, &result->p_value);
	}
	else if (!has_factorials(margins))
		return monte_carlo(table, margins, NULL, replicates, seed,
						   (int64_t *) scratch, result);
	else
	{
		nk_log_factorials(margins->n, memory, &factorials);
		status = nk_freeman_halton(table, margins, &factorials, scratch,
								   &result->p_value);
		if (status != NK_OK)
			return monte_carlo(table, margins, &factorials, replicates, seed,
							   (int64_t *) scratch, result);
	}
	result->p_lower = result->p_upper = result->p_value;
	return status;
}
