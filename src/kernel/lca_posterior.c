/*
 * lca_posterior.c - to which class a pattern belongs
 *
 * Bayes' rule in logarithms, so that 63 items cannot underflow.  Items that
 * were not observed say nothing.
 *
 *	posterior_k = share_k P(y | k) / sum over l of share_l P(y | l)
 *
 * A pattern that every class gives probability 0 has none (NK_TOO_FEW).
 * Accuracy: relative to the posterior of the likeliest class, a few roundings
 * an item.  Tested by test/unit/test_lca.c.
 */
#include "lca.h"

/* logarithms of all parameters, for one pattern or for many */
typedef struct Logs
{
	double		share[NK_LCA_CLASSES];
	double		yes[NK_LCA_CLASSES * NK_LCA_ITEMS];
	double		no[NK_LCA_CLASSES * NK_LCA_ITEMS];
} Logs;

/* only of items that are in the mask */
static void
take_logs(const NkLcaParameters *of, uint64_t items, Logs *logs)
{
	for (int k = 0; k < of->classes; k++)
	{
		logs->share[k] = log(of->share[k]);
		for (uint64_t left = items; left != 0; left &= left - 1)
		{
			int			kj = k * of->items + __builtin_ctzll(left);

			logs->yes[kj] = log(of->probability[kj]);
			logs->no[kj] = log1p(-of->probability[kj]);
		}
	}
}

/* the log-likelihood of a pattern, and what it says of classes */
static double
bayes(const NkLcaParameters *of, const Logs *logs, uint64_t present,
	  uint64_t observed, double *posterior)
{
	double		largest = -INFINITY;
	double		sum = 0;

	for (int k = 0; k < of->classes; k++)
	{
		const double *yes = logs->yes + k * of->items;
		const double *no = logs->no + k * of->items;

		posterior[k] = logs->share[k];
		for (uint64_t left = observed; left != 0; left &= left - 1)
		{
			int			j = __builtin_ctzll(left);

			posterior[k] += present >> j & 1 ? yes[j] : no[j];
		}
		largest = fmax(largest, posterior[k]);
	}
	if (!isfinite(largest))
		return -INFINITY;
	for (int k = 0; k < of->classes; k++)
	{
		posterior[k] = exp(posterior[k] - largest);
		sum += posterior[k];
	}
	for (int k = 0; k < of->classes; k++)
		posterior[k] /= sum;
	return largest + log(sum);
}

double
nk_lca_bayes(const NkLcaParameters *parameters, uint64_t present,
			 uint64_t observed, double *posterior)
{
	Logs		logs;

	take_logs(parameters, observed, &logs);
	return bayes(parameters, &logs, present, observed, posterior);
}

int
nk_lca_modal(const double *posterior, int classes)
{
	int			modal = 0;

	for (int k = 1; k < classes; k++)
		if (posterior[k] > posterior[modal])
			modal = k;
	return modal;
}
