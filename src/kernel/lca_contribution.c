/*
 * lca_contribution.c - which items made a child's class the likeliest
 *
 * Accuracy: 1e-14 relative to the larger of the two logarithms.  Tested by
 * test/unit/test_lca_contribution.c.
 */
#include "lca_contribution.h"

static double
answer_probability(const NkLcaModel *model, int k, int item, bool present)
{
	double		p = nk_lca_probability(model)[(size_t) k * nk_lca_items(model) +
											  item];

	return present ? p : 1 - p;
}

NkWeight
nk_lca_contribution(const NkLcaModel *model, int k, int item,
					uint64_t present, uint64_t observed,
					double *contribution)
{
	uint64_t	bit = UINT64_C(1) << item;
	bool		is_present = (present & bit) != 0;
	double		here;
	double		elsewhere = 0;
	double		others = 0;

	*contribution = NK_UNDEFINED;
	if (!nk_lca_is_fitted(model) || nk_lca_classes(model) < 2 ||
		(observed & (uint64_t) model->seen & bit) == 0)
		return NK_WEIGHT_NONE;
	here = answer_probability(model, k, item, is_present);
	/* not 1 - share: the rest of a large class would lose its digits */
	for (int l = 0; l < nk_lca_classes(model); l++)
	{
		double		share = nk_lca_share(model)[l];

		if (l == k)
			continue;
		elsewhere += share * answer_probability(model, l, item, is_present);
		others += share;
	}
	if (here <= 0)
		return elsewhere <= 0 ? NK_WEIGHT_NONE : NK_WEIGHT_DECISIVE_AGAINST;
	if (elsewhere <= 0)
		return others <= 0 ? NK_WEIGHT_NONE : NK_WEIGHT_DECISIVE_FOR;
	*contribution = log(here) - log(elsewhere / others);
	return NK_WEIGHT_NUMBER;
}
