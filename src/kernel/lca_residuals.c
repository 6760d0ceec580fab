/*
 * lca_residuals.c - bivariate residuals of a model of latent classes
 *
 * The model says that items are independent within a class.  Where two are
 * not, the children who have both are more, or fewer, than
 *
 *	E = n times the sum over classes k of share_k probability_ka probability_kb
 *
 * with n the children of whom both items were observed.  The statistic is
 * Pearson's chi-square over the four numbers (both, one, the other, none);
 * Vermunt and Magidson 2005, Technical Guide for Latent GOLD, call it the
 * bivariate residual.  Of complete data the fit reproduces the margins, and
 * one number tells the other three.
 *
 * It has no chi-square distribution, being smaller on average, because the
 * model was fitted to the same children (Oberski, van Kollenburg and Vermunt
 * 2013, doi 10.1007/s11634-013-0146-2).  A p-value comes from data sets drawn
 * from the model, to which it is fitted again.
 *
 * Where observation depends on answers, an expectation of those who were
 * observed is not that of all; the drawn data sets miss the same items by
 * chance, so p tells that, too.
 *
 * Tested by test_lca_residuals (lca_residuals.tsv: sums over all patterns).
 */
#include "lca_residuals.h"

#include <string.h>

#define PATTERNS_PER_INTERRUPT_CHECK	1024

/* numbers of children as tables of items a < b: [b * items + a] */
typedef struct PairCounts
{
	int			items;
	double	   *n;				/* both observed */
	double	   *joint;			/* and both present */
	double	   *first;			/* and a present */
	double	   *second;			/* and b present */
	double	   *one;			/* of one set of observed items: j present */
} PairCounts;

size_t
nk_lca_residuals_size(int items)
{
	return ((size_t) items * items * 4 + items) * sizeof(double);
}

static PairCounts
counts_in(void *room, int items)
{
	size_t		table = (size_t) items * items;
	PairCounts	counts = {.items = items, .n = room};

	memset(room, 0, nk_lca_residuals_size(items));
	counts.joint = counts.n + table;
	counts.first = counts.joint + table;
	counts.second = counts.first + table;
	counts.one = counts.second + table;
	return counts;
}

/* count the pairs that are both present in a pattern */
static void
count_joint(PairCounts *counts, uint64_t present, double weight)
{
	for (uint64_t rest = present; rest != 0; rest &= rest - 1)
	{
		int			b = __builtin_ctzll(rest);
		uint64_t	before = present & ((UINT64_C(1) << b) - 1);
		double	   *joint = counts->joint + (size_t) b * counts->items;

		counts->one[b] += weight;
		for (; before != 0; before &= before - 1)
			joint[__builtin_ctzll(before)] += weight;
	}
}

/* after all patterns with the same items observed, so many children */
static void
end_stratum(PairCounts *counts, uint64_t observed, double children)
{
	for (uint64_t rest = observed; rest != 0; rest &= rest - 1)
	{
		int			b = __builtin_ctzll(rest);
		uint64_t	before = observed & ((UINT64_C(1) << b) - 1);

		for (; before != 0; before &= before - 1)
		{
			int			a = __builtin_ctzll(before);
			size_t		at = (size_t) b * counts->items + a;

			counts->n[at] += children;
			counts->first[at] += counts->one[a];
			counts->second[at] += counts->one[b];
		}
	}
	memset(counts->one, 0, counts->items * sizeof(double));
}

static void
count_pairs(const NkLcaData *data, PairCounts *counts)
{
	double		children = 0;

	for (size_t i = 0; i < data->patterns; i++)
	{
		uint64_t	observed = data->observed[i];

		count_joint(counts, data->present[i], data->weight[i]);
		children += data->weight[i];
		if (i + 1 == data->patterns || data->observed[i + 1] != observed)
		{
			end_stratum(counts, observed, children);
			children = 0;
		}
		if (i % PATTERNS_PER_INTERRUPT_CHECK == 0)
			nk_check_interrupts();
	}
}

/* what one of the four numbers adds; infinite where it cannot be */
static double
distance(double observed, double expected)
{
	double		difference = observed - expected;

	if (expected > 0)
		return difference * difference / expected;
	return observed > 0 ? INFINITY : 0;
}

static NkLcaResidual
residual_of(const PairCounts *counts, const NkLcaParameters *model, int a,
			int b)
{
	size_t		at = (size_t) b * counts->items + a;
	double		n = counts->n[at];
	double		joint = counts->joint[at];
	double		first = counts->first[at];
	double		second = counts->second[at];
	double		expected[4] = {0};	/* both, a alone, b alone, none */
	NkLcaResidual pair = {
		.a = a, .b = b, .n = n,
		.observed = NK_UNDEFINED,
		.expected = NK_UNDEFINED,
		.residual = NK_UNDEFINED,
		.statistic = NK_UNDEFINED,
		.status = NK_NOT_OBSERVED
	};

	if (n == 0)
		return pair;
	for (int k = 0; k < model->classes; k++)
	{
		const double *p = model->probability + (size_t) k * model->items;
		double		children = n * model->share[k];

		expected[0] += children * p[a] * p[b];
		expected[1] += children * p[a] * (1 - p[b]);
		expected[2] += children * (1 - p[a]) * p[b];
		expected[3] += children * (1 - p[a]) * (1 - p[b]);
	}
	pair.status = NK_OK;
	pair.observed = joint;
	pair.expected = expected[0];
	pair.statistic = distance(joint, expected[0]) +
		distance(first - joint, expected[1]) +
		distance(second - joint, expected[2]) +
		distance(n - first - second + joint, expected[3]);
	if (expected[0] > 0)
		pair.residual = (joint - expected[0]) / sqrt(expected[0]);
	else if (joint == 0)
		pair.residual = 0;
	if (isinf(pair.statistic))
	{
		pair.statistic = NK_UNDEFINED;
		pair.status = NK_BOUNDARY;
	}
	return pair;
}

void
nk_lca_residuals(const NkLcaData *data, const NkLcaParameters *model,
				 void *room, NkLcaResidual *pairs)
{
	PairCounts	counts = counts_in(room, model->items);
	size_t		pair = 0;

	count_pairs(data, &counts);
	for (int b = 1; b < model->items; b++)
		for (int a = 0; a < b; a++)
			pairs[pair++] = residual_of(&counts, model, a, b);
}

size_t
nk_lca_residuals_refit_size(const NkLcaData *drawn, int classes,
							const NkLcaSettings *settings)
{
	size_t		fit = nk_lca_fit_size(drawn, classes, settings);
	size_t		counts = nk_lca_residuals_size(drawn->items);

	return fit > counts ? fit : counts;
}

bool
nk_lca_residuals_refit(const NkLcaData *drawn, const NkLcaSettings *settings,
					   void *room, NkLcaParameters *model,
					   const NkLcaResidual *pairs, int64_t *hits)
{
	NkLcaFit	fit;
	NkStatus	status = nk_lca_refine(drawn, settings, room, model, &fit);
	PairCounts	counts;
	size_t		pair = 0;

	if (status != NK_OK && status != NK_NOT_CONVERGED)
		return false;
	counts = counts_in(room, model->items);
	count_pairs(drawn, &counts);
	for (int b = 1; b < model->items; b++)
		for (int a = 0; a < b; a++, pair++)
		{
			double		again = residual_of(&counts, model, a, b).statistic;

			/* one that is undefined is no hit; equal ones differ by rounding */
			if (again >= pairs[pair].statistic * (1 - 1e-9) - 1e-9)
				hits[pair]++;
		}
	return true;
}
