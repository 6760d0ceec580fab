/*
 * lca_class.c - the classes of a model, item by item, with what is sure
 *
 * Bounds are symmetric on the scale of logits, p -+ z se / (p (1 - p)), and so
 * stay between 0 and 1.  At 0 and 1 there is no standard error and no bound:
 * the likelihood has its maximum at the end of the range, and curvature says
 * nothing there.  Tested by test/unit/test_lca_class.c.
 */
#include "lca_class.h"

NkInterval
nk_share_interval(double share, double error, double z)
{
	double		half = z * error / (share * (1 - share));

	if (!(error > 0) || nk_lca_at_boundary(share))
		return (NkInterval) {share, NK_UNDEFINED, NK_UNDEFINED};
	return (NkInterval) {
		.estimate = share,
		.lower = share / (share + (1 - share) * exp(half)),
		.upper = share / (share + (1 - share) * exp(-half))
	};
}

static double
known_error(double error)
{
	return error > 0 ? error : NK_UNDEFINED;
}

static NkStatus
item_status(const NkLcaModel *model, int j, double probability)
{
	if (!((uint64_t) model->seen >> j & 1))
		return NK_NOT_OBSERVED;
	if (!((uint64_t) model->varying >> j & 1))
		return NK_CONSTANT;
	if (!nk_lca_is_fitted(model))
		return nk_lca_outcome(model);
	if (nk_lca_at_boundary(probability))
		return NK_BOUNDARY;
	return model->errors == NK_LCA_NOT_IDENTIFIED ? NK_NOT_IDENTIFIED : NK_OK;
}

NkLcaClassItem
nk_lca_class_item(const NkLcaModel *model, int k, int j, double z)
{
	NkLcaClassItem result = {
		.share = NK_NO_INTERVAL, .share_error = NK_UNDEFINED,
		.probability = NK_NO_INTERVAL, .error = NK_UNDEFINED,
		.status = nk_lca_outcome(model)
	};
	size_t		cell = (size_t) k * model->header.columns + (size_t) j;
	double		share = nk_lca_share(model)[k];
	double		share_error = nk_lca_share_error(model)[k];
	double		probability = nk_lca_probability(model)[cell];
	double		error = nk_lca_probability_error(model)[cell];

	if (!nk_lca_has_estimates(model))
		return result;
	result.share = nk_share_interval(share, share_error, z);
	result.share_error = known_error(share_error);
	result.status = item_status(model, j, probability);
	if (result.status == NK_NOT_OBSERVED)
		return result;
	result.probability = nk_share_interval(probability, error, z);
	if (!nk_lca_at_boundary(probability))
		result.error = known_error(error);
	return result;
}
