/*
 * lca_statistics.c - how well latent classes describe the data, how clearly
 * they are apart, and who is taken for whom
 *
 *	parameters	classes - 1 + classes x items that were observed
 *	df			min(n, 2^items - 1) - parameters; may be negative
 *	aic, bic	-2 log-likelihood + parameters x 2 or ln n
 *	abic		with ln((n + 2) / 24): Sclove's sample size adjustment
 *	g2, x2		against all patterns that could be, seen or not
 *	entropy		1 - (mean entropy of the posteriors) / ln classes
 *
 *   Ramaswamy V, DeSarbo W S, Reibstein D J, Robinson W T (1993) An empirical
 *   pooling approach for estimating marketing mix elasticities with PIMS
 *   data.  Marketing Science 12:103-124.  doi:10.1287/mksc.12.1.103
 *   Sclove S L (1987) Application of model-selection criteria to some problems
 *   in multivariate analysis.  Psychometrika 52:333-343.
 *   doi:10.1007/BF02294360
 *
 * Tested by test/unit/test_lca.c and test_lca_errors.c.
 */
#include "lca_step.h"

#define NEGLIGIBLE 1e-18		/* posterior: no entropy that could be seen */

/* sums over children */
typedef struct Sums
{
	double		weight;			/* of the last pattern: many have the same */
	double		log_weight;		/* of its share */
	double		log_likelihood;
	double		g2;
	double		x2;
	double		expected;		/* children, in the patterns that were seen */
	double		entropy;		/* of posteriors */
	double		modal;			/* posterior of the modal class */
	bool		complete;
} Sums;

/* logarithms are what a pattern costs: few are taken */
static void
add_pattern(Sums *sums, const NkLcaData *data, size_t i, double likelihood,
			double log_rest, const double *posterior, int classes)
{
	double		weight = data->weight[i];
	double		log_p = log(likelihood) + log_rest;
	double		expected = data->n * likelihood;
	double		largest = 0;
	double		entropy = 0;

	if (log_rest != 0)
		expected *= exp(log_rest);
	if (weight != sums->weight)
	{
		sums->weight = weight;
		sums->log_weight = log(weight / data->n);
	}
	sums->log_likelihood += weight * log_p;
	sums->g2 += 2 * weight * (sums->log_weight - log_p);
	sums->x2 += (weight - expected) * (weight - expected) / expected;
	sums->expected += expected;
	for (int k = 0; k < classes; k++)
	{
		largest = posterior[k] > largest ? posterior[k] : largest;
		if (posterior[k] > NEGLIGIBLE)
			entropy -= posterior[k] * log(posterior[k]);
	}
	sums->entropy += weight * entropy;
	sums->modal += weight * largest;
	if (data->observed[i] != nk_lca_mask(data->items))
		sums->complete = false;
}

size_t
nk_lca_statistics_size(int classes, int items)
{
	return nk_lca_step_size(classes, items);
}

void
nk_lca_criteria(double log_likelihood, int classes, int items, int seen,
				double n, bool complete, NkLcaStatistics *statistics)
{
	double		q = classes - 1 + (double) classes * seen;

	statistics->log_likelihood = log_likelihood;
	statistics->parameters = (int64_t) q;
	statistics->aic = -2 * log_likelihood + 2 * q;
	statistics->bic = -2 * log_likelihood + q * log(n);
	statistics->abic = -2 * log_likelihood + q * log((n + 2) / 24);
	statistics->df = complete ? fmin(n, ldexp(1, items) - 1) - q :
		NK_UNDEFINED;
}

NkStatus
nk_lca_statistics(const NkLcaData *data, const NkLcaParameters *parameters,
				  void *room, NkLcaStatistics *statistics)
{
	Sums		sums = {.complete = true};
	double		posterior[NK_LCA_CLASSES];
	NkLcaStep	step;
	int			classes = parameters->classes;
	double		smallest = 1;

	*statistics = (NkLcaStatistics) {0};
	if (data->patterns == 0)
		return NK_EMPTY;
	nk_lca_step_init(&step, data, classes, 0, room);
	nk_lca_step_prepare(&step, parameters);
	for (size_t i = 0; i < data->patterns; i++)
	{
		double		log_rest;
		double		likelihood = nk_lca_step_posterior(&step, parameters, i,
													   posterior, &log_rest);

		if (i % 64 == 0)
			nk_check_interrupts();
		if (!isfinite(log_rest))
			return NK_TOO_FEW;
		add_pattern(&sums, data, i, likelihood, log_rest, posterior, classes);
	}
	for (int k = 0; k < classes; k++)
		smallest = fmin(smallest, parameters->share[k]);

	nk_lca_criteria(sums.log_likelihood, classes, data->items,
					__builtin_popcountll(data->seen), data->n, sums.complete,
					statistics);
	statistics->entropy = classes == 1 ? NK_UNDEFINED :
		fmin(1, fmax(0, 1 - sums.entropy / (data->n * log(classes))));
	statistics->smallest_share = smallest;
	statistics->mean_posterior = sums.modal / data->n;
	statistics->g2 = statistics->x2 = NK_UNDEFINED;
	if (sums.complete)
	{
		statistics->g2 = fmax(0, sums.g2);
		statistics->x2 = fmax(0, sums.x2 + data->n - sums.expected);
	}
	return NK_OK;
}

/* divide what children of each class were taken for by their number */
static void
divide_assigned(double *assigned, int classes)
{
	for (int k = 0; k < classes; k++)
	{
		double		total = 0;

		for (int s = 0; s < classes; s++)
			total += assigned[k * classes + s];
		for (int s = 0; s < classes; s++)
			assigned[k * classes + s] = total > 0 ?
				assigned[k * classes + s] / total : k == s;
	}
}

NkStatus
nk_lca_assignments(const NkLcaData *data, const NkLcaParameters *parameters,
				   void *room, double *assigned)
{
	int			classes = parameters->classes;
	double		posterior[NK_LCA_CLASSES];
	double		of_modal[NK_LCA_CLASSES * NK_LCA_CLASSES] = {0};
	NkLcaStep	step;

	nk_lca_step_init(&step, data, classes, 0, room);
	nk_lca_step_prepare(&step, parameters);
	for (size_t i = 0; i < data->patterns; i++)
	{
		double		log_rest;
		double	   *row;

		if (i % 256 == 0)
			nk_check_interrupts();
		nk_lca_step_posterior(&step, parameters, i, posterior, &log_rest);
		if (!isfinite(log_rest))
			return NK_TOO_FEW;
		/* one class after the other in memory: those of the modal one */
		row = of_modal + nk_lca_modal(posterior, classes) * classes;
		for (int k = 0; k < classes; k++)
			row[k] += data->weight[i] * posterior[k];
	}
	for (int k = 0; k < classes; k++)
		for (int s = 0; s < classes; s++)
			assigned[k * classes + s] = of_modal[s * classes + k];
	divide_assigned(assigned, classes);
	return NK_OK;
}
