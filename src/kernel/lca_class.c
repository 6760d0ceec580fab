/*
 * lca_class.c - the classes of a model, item by item, with what is sure
 *
 * Bounds are symmetric on the scale of logits, p -+ z se / (p (1 - p)), and so
 * stay between 0 and 1.  At 0 and 1 there is no standard error and no bound:
 * the likelihood has its maximum at the end of the range, and curvature says
 * nothing there.  An error above 1/2 is none, either, for no number from 0 to 1
 * varies so much: it comes of an information that is 0 but for rounding, where
 * other parameters describe the data as well.
 *
 * Tested by test/unit/test_lca_class.c.
 */
#include "lca_class.h"

#define MOST_ERROR	0.5

static bool
is_error(double error)
{
	return error > 0 && error <= MOST_ERROR;
}

NkInterval
nk_share_interval(double share, double error, double z)
{
	double		half = z * error / (share * (1 - share));

	if (!is_error(error) || nk_lca_at_boundary(share))
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
	return is_error(error) ? error : NK_UNDEFINED;
}

static NkStatus
item_status(const NkLcaModel *model, int j, double probability, double error)
{
	if (!((uint64_t) model->seen >> j & 1))
		return NK_NOT_OBSERVED;
	if (!((uint64_t) model->varying >> j & 1))
		return NK_CONSTANT;
	if (!nk_lca_is_fitted(model))
		return nk_lca_outcome(model);
	if (nk_lca_at_boundary(probability))
		return NK_BOUNDARY;
	if (model->errors == NK_LCA_NOT_IDENTIFIED || error > MOST_ERROR)
		return NK_NOT_IDENTIFIED;
	return NK_OK;
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
	result.status = item_status(model, j, probability, error);
	if (result.status == NK_NOT_OBSERVED)
		return result;
	result.probability = nk_share_interval(probability, error, z);
	if (!nk_lca_at_boundary(probability))
		result.error = known_error(error);
	return result;
}
