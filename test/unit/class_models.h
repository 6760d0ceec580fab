/*
 * class_models.h - models of latent classes for the unit tests, at random
 */
#ifndef NK_TEST_CLASS_MODELS_H
#define NK_TEST_CLASS_MODELS_H

#include "lca_model.h"
#include "summaries.h"

/* from 0 to 1, both of them often */
static inline double
random_share(void)
{
	uint64_t	bits = random_bits();

	return bits % 8 == 0 ? 0 : bits % 8 == 1 ? 1 :
		(double) (bits >> 11) * 0x1p-53;
}

/* so many that are no less than 0 and sum to 1 */
static inline void
random_shares(double *shares, int count)
{
	double		sum = 0;

	for (int i = 0; i < count; i++)
		sum += shares[i] = 0.01 + random_share();
	for (int i = 0; i < count; i++)
		shares[i] /= sum;
}

/*
 * Estimates, in a block that is large enough, of the items that are seen: not
 * of any data, but possible
 */
static inline void
random_estimates(NkLcaModel *model)
{
	int			classes = nk_lca_classes(model);
	int			items = nk_lca_items(model);

	model->log_likelihood = 0 - 1000 * random_share();
	if (model->complete)
	{
		model->g2 = 100 * random_share();
		model->x2 = 100 * random_share();
	}
	model->entropy = classes == 1 ? 0 : random_share();
	model->mean_posterior = random_share();
	model->errors = (int64_t) (random_bits() % 3);
	random_shares((double *) nk_lca_share(model), classes);
	for (int k = 0; k < classes; k++)
	{
		random_shares((double *) nk_lca_confusion(model) + k * classes, classes);
		if (model->errors == NK_LCA_ERRORS)
			((double *) nk_lca_share_error(model))[k] = random_share();
		for (int j = 0; j < items; j++)
		{
			bool		seen = (uint64_t) model->seen >> j & 1;

			((double *) nk_lca_probability(model))[k * items + j] =
				seen ? random_share() : 0.5;
			if (seen && model->errors == NK_LCA_ERRORS)
				((double *) nk_lca_probability_error(model))[k * items + j] =
					random_share();
		}
	}
}

static inline void
random_model(NkLcaModel *model, int classes, int items, int64_t most)
{
	uint64_t	all = nk_lca_mask(items);

	nk_lca_model_init(model, classes, items);
	model->outcome = (int64_t) (random_bits() % NK_LCA_OUTCOMES);
	model->n = 1 + random_count(most - 1);
	model->n_unobserved = random_count(most);
	model->patterns = 1 + random_count(model->n - 1);
	model->seen = (int64_t) ((random_bits() & all) | 1);
	if (random_bits() % 2)
		model->seen = (int64_t) all;
	model->complete = (uint64_t) model->seen == all && random_bits() % 2;
	model->varying = model->seen & (int64_t) random_bits();
	model->seed = (int64_t) random_bits();
	model->starts = 1 + random_count(100);
	model->finished = 1 + random_count(model->starts - 1);
	model->at_best = 1 + random_count(model->finished - 1);
	model->iterations = random_count(1000);
	model->pseudo_count = random_share();
	if (nk_lca_has_estimates(model))
		random_estimates(model);
}

#endif							/* NK_TEST_CLASS_MODELS_H */
