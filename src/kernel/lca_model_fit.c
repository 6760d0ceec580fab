/*
 * lca_model_fit.c - fit latent classes and keep all that is asked of them later
 *
 * The data are read once more after the fit than the search needs: what they
 * say about the parameters (likelihood, fit, entropy, standard errors, how
 * children are assigned) is stored, so that asking a model costs nothing.
 *
 * Tested by test/unit/test_lca_model_fit.c.
 */
#include "lca_model.h"

static size_t
larger(size_t a, size_t b)
{
	return a > b ? a : b;
}

size_t
nk_lca_model_fit_size(const NkLcaData *data, int classes,
					  const NkLcaSettings *settings, bool standard_errors)
{
	size_t		fit = nk_lca_fit_size(data, classes, settings);

	if (fit == 0 || !standard_errors)
		return fit;
	return larger(fit, nk_lca_errors_size(classes, data->items));
}

static NkLcaOutcome
outcome_of(NkStatus status)
{
	switch (status)
	{
		case NK_OK:
			return NK_LCA_FITTED;
		case NK_EMPTY:
			return NK_LCA_EMPTY;
		case NK_NO_VARIATION:
			return NK_LCA_NO_VARIATION;
		case NK_NOT_CONVERGED:
			return NK_LCA_NOT_CONVERGED;
		default:
			return NK_LCA_TOO_FEW;
	}
}

/* a model's estimates as the parameters that the fit fills */
static NkLcaParameters
parameters_of(NkLcaModel *model)
{
	return (NkLcaParameters) {
		.classes = nk_lca_classes(model),
		.items = nk_lca_items(model),
		.share = (double *) nk_lca_share(model),
		.probability = (double *) nk_lca_probability(model)
	};
}

static void
take_data(NkLcaModel *model, const NkLcaData *data)
{
	model->n = nk_lca_count(data->n);
	model->n_unobserved = data->n_unobserved;
	model->patterns = (int64_t) data->patterns;
	model->seen = (int64_t) data->seen;
	model->varying = (int64_t) data->varying;
	model->complete = data->patterns > 0;
	for (size_t i = 0; i < data->patterns; i++)
		if (data->observed[i] != nk_lca_mask(data->items))
			model->complete = 0;
}

/* a number of a model: none that does not exist, and no -0 */
static double
known(double value)
{
	return isfinite(value) ? value + 0.0 : 0;
}

static void
take_statistics(NkLcaModel *model, const NkLcaStatistics *statistics)
{
	model->log_likelihood = known(statistics->log_likelihood);
	model->g2 = known(statistics->g2);
	model->x2 = model->complete && !isfinite(statistics->x2) ? -1 :
		known(statistics->x2);
	model->entropy = known(statistics->entropy);
	model->mean_posterior = fmin(1, known(statistics->mean_posterior));
}

/* quotients of sums that are equal but for their rounding */
static void
keep_within_one(const double *values, int count)
{
	for (int i = 0; i < count; i++)
		((double *) values)[i] = fmin(1, known(values[i]));
}

/* children of a class that has none are nowhere else */
static void
complete_assignments(NkLcaModel *model)
{
	int			classes = nk_lca_classes(model);
	double	   *assigned = (double *) nk_lca_confusion(model);

	for (int k = 0; k < classes; k++)
		if (!(nk_lca_share(model)[k] > 0))
			for (int s = 0; s < classes; s++)
				assigned[k * classes + s] = s == k;
}

/*
 * Errors are those of a maximum: not where the search was given up.  One that
 * is not finite is none.
 */
static void
take_errors(NkLcaModel *model, const NkLcaData *data,
			const NkLcaParameters *parameters, double pseudo_count, void *room)
{
	double	   *share = (double *) nk_lca_share_error(model);
	double	   *probability = (double *) nk_lca_probability_error(model);
	int			cells = parameters->classes * parameters->items;
	NkStatus	status = nk_lca_standard_errors(data, parameters, pseudo_count,
												room, share, probability);

	model->errors = status == NK_OK ? NK_LCA_ERRORS :
		status == NK_NOT_IDENTIFIED ? NK_LCA_NOT_IDENTIFIED : NK_LCA_NO_ERRORS;
	for (int k = 0; k < parameters->classes; k++)
		share[k] = status == NK_OK ? known(share[k]) : 0;
	for (int i = 0; i < cells; i++)
		probability[i] = status == NK_OK ? known(probability[i]) : 0;
}

void
nk_lca_model_fit(const NkLcaData *data, const NkLcaSettings *settings,
				 bool standard_errors, void *room, NkLcaModel *model)
{
	NkLcaParameters parameters = parameters_of(model);
	NkLcaStatistics statistics;
	NkLcaFit	fit;

	take_data(model, data);
	model->seed = settings->seed;
	model->pseudo_count = settings->pseudo_count + 0.0;
	model->outcome = outcome_of(nk_lca_fit(data, settings, room, &parameters,
										   &fit));
	model->starts = fit.starts;
	model->finished = fit.finished;
	model->at_best = fit.at_best;
	model->iterations = fit.iterations;
	if (!nk_lca_has_estimates(model))
		return;
	nk_lca_statistics(data, &parameters, room, &statistics);
	take_statistics(model, &statistics);
	nk_lca_assignments(data, &parameters, room,
					   (double *) nk_lca_confusion(model));
	complete_assignments(model);
	keep_within_one(parameters.share, parameters.classes);
	keep_within_one(parameters.probability,
					parameters.classes * parameters.items);
	keep_within_one(nk_lca_confusion(model),
					parameters.classes * parameters.classes);
	if (standard_errors && nk_lca_is_fitted(model) &&
		nk_lca_errors_size(parameters.classes, parameters.items) > 0)
		take_errors(model, data, &parameters, settings->pseudo_count, room);
}

/* --------------------------------------------------------------- asked later */

static int
boundary_of(const NkLcaModel *model)
{
	int			count = 0;
	int			items = nk_lca_items(model);

	for (int k = 0; k < nk_lca_classes(model); k++)
		for (int j = 0; j < items; j++)
			if ((uint64_t) model->varying >> j & 1)
				count += nk_lca_at_boundary(nk_lca_probability(model)[k * items + j]);
	return count;
}

void
nk_lca_model_statistics(const NkLcaModel *model,
						NkLcaFitStatistics *statistics)
{
	NkLcaStatistics *all = &statistics->all;
	int			classes = nk_lca_classes(model);

	*statistics = (NkLcaFitStatistics) {
		{
			NK_UNDEFINED, 0, NK_UNDEFINED, NK_UNDEFINED, NK_UNDEFINED,
			NK_UNDEFINED, NK_UNDEFINED, NK_UNDEFINED, NK_UNDEFINED,
			NK_UNDEFINED, NK_UNDEFINED
		}, 0
	};
	if (!nk_lca_has_estimates(model))
		return;
	nk_lca_criteria(model->log_likelihood, classes, nk_lca_items(model),
					__builtin_popcountll((uint64_t) model->seen),
					(double) model->n, model->complete, all);
	if (classes > 1)
		all->entropy = model->entropy;
	if (model->complete)
	{
		all->g2 = model->g2;
		all->x2 = model->x2 < 0 ? NK_UNDEFINED : model->x2;
	}
	all->mean_posterior = model->mean_posterior;
	all->smallest_share = 1;
	for (int k = 0; k < classes; k++)
		all->smallest_share = fmin(all->smallest_share,
								   nk_lca_share(model)[k]);
	statistics->boundary = boundary_of(model);
}
