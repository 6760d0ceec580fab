/*
 * lca_step.c - one step of expectation and maximisation (Dempster, Laird and
 * Rubin 1977), for latent classes as of Goodman 1974
 *
 *	posterior_k  share_k P(y | k) / P(y), over the observed items
 *	share_k      sum of weight times posterior_k, over n
 *	probability_kj  the same sum over patterns in which item j is present,
 *	             over that over patterns in which it was observed
 *
 *   Dempster A P, Laird N M, Rubin D B (1977) Maximum likelihood from
 *   incomplete data via the EM algorithm.  J R Stat Soc B 39:1-38.
 *   doi:10.1111/j.2517-6161.1977.tb01600.x
 *   Goodman L A (1974) Exploratory latent structure analysis using both
 *   identifiable and unidentifiable models.  Biometrika 61:215-231.
 *   doi:10.1093/biomet/61.2.215
 *
 * Tested by test/unit/test_lca.c.
 */
#include "lca_step.h"

#include <string.h>

/* a pattern whose likelihood is below is computed again in logarithms */
#define LEAST 1e-280

size_t
nk_lca_step_size(int classes, int items)
{
	size_t		k = (size_t) classes;

	return sizeof(double) * (2 * k + 4 * k * (size_t) items + k);
}

void
nk_lca_step_init(NkLcaStep *step, const NkLcaData *data, int classes,
				 double pseudo_count, void *room)
{
	size_t		k = (size_t) classes;
	size_t		all = k * (size_t) data->items;

	*step = (NkLcaStep) {
		.data = data, .classes = classes, .pseudo_count = pseudo_count
	};
	step->posterior = room;
	step->total = step->posterior + k;
	step->present = step->total + k;
	step->observed = step->present + all;
	step->logs = step->observed + all;
}

double
nk_lca_penalty(const NkLcaStep *step, const NkLcaParameters *at)
{
	double		sum = 0;

	if (step->pseudo_count == 0)
		return 0;
	for (int k = 0; k < at->classes; k++)
	{
		sum += log(at->share[k]);
		for (int j = 0; j < at->items; j++)
		{
			double		p = at->probability[k * at->items + j];

			if (step->data->seen >> j & 1)
				sum += .5 * (log(p) + log1p(-p));
		}
	}
	return step->pseudo_count * sum;
}

/* log-likelihood of a pattern; its posterior in step */
static double
pattern_posterior(NkLcaStep *step, const NkLcaParameters *at, size_t i)
{
	uint64_t	present = step->data->present[i];
	uint64_t	observed = step->data->observed[i];
	double		sum = 0;

	for (int k = 0; k < at->classes; k++)
	{
		const double *p = at->probability + k * at->items;
		double		product = at->share[k];

		for (uint64_t left = observed; left != 0; left &= left - 1)
		{
			int			j = __builtin_ctzll(left);

			product *= present >> j & 1 ? p[j] : 1 - p[j];
		}
		step->posterior[k] = product;
		sum += product;
	}
	if (sum >= LEAST)
	{
		for (int k = 0; k < at->classes; k++)
			step->posterior[k] /= sum;
		return log(sum);
	}
	return nk_lca_bayes(at, present, observed, step->posterior);
}

double
nk_lca_step(NkLcaStep *step, const NkLcaParameters *at, NkLcaParameters *to)
{
	const NkLcaData *data = step->data;
	double		log_likelihood = 0;
	double		added = step->pseudo_count;
	size_t		all = (size_t) step->classes * (size_t) data->items;

	memset(step->total, 0, sizeof(double) * (size_t) step->classes);
	memset(step->present, 0, sizeof(double) * all);
	memset(step->observed, 0, sizeof(double) * all);
	for (size_t i = 0; i < data->patterns; i++)
	{
		double		log_p = pattern_posterior(step, at, i);

		if (i % 256 == 0)
			nk_check_interrupts();
		if (!isfinite(log_p))
			return -INFINITY;
		log_likelihood += data->weight[i] * log_p;
		for (int k = 0; k < step->classes; k++)
		{
			double		children = data->weight[i] * step->posterior[k];

			step->total[k] += children;
			for (uint64_t left = data->observed[i]; left != 0; left &= left - 1)
			{
				int			j = __builtin_ctzll(left);

				step->observed[k * data->items + j] += children;
				if (data->present[i] >> j & 1)
					step->present[k * data->items + j] += children;
			}
		}
	}
	if (to == NULL)
		return log_likelihood;

	for (int k = 0; k < step->classes; k++)
	{
		to->share[k] = (step->total[k] + added) /
			(data->n + step->classes * added);
		for (int j = 0; j < data->items; j++)
		{
			int			kj = k * data->items + j;
			double		children = step->observed[kj] + added;

			/* an item nobody of the class was looked at for stays */
			to->probability[kj] = children > 0 && data->seen >> j & 1 ?
				fmin(1, (step->present[kj] + .5 * added) / children) :
				at->probability[kj];
		}
	}
	return log_likelihood;
}
