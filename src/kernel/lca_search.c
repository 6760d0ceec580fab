/*
 * lca_search.c - the best of random starts and of one that is given
 *
 * A test of two models wants the optimum of both.  Where one lies within the
 * other, its solution is a start that keeps the larger one from ending lower;
 * random starts find what is far from there.
 *
 * Tested by test_lca_bootstrap and test_lca_invariance.
 */
#include "lca_search.h"

#include <string.h>

void
nk_lca_copy(const NkLcaParameters *from, NkLcaParameters *to)
{
	size_t		shares = (size_t) from->classes * sizeof(double);

	memcpy(to->share, from->share, shares);
	memcpy(to->probability, from->probability, shares * from->items);
}

NkStatus
nk_lca_search(const NkLcaData *data, const NkLcaSettings *settings,
			  void *room, NkLcaParameters *other,
			  NkLcaParameters *parameters, double *log_likelihood)
{
	NkLcaFit	refined;
	NkLcaFit	fit;
	NkStatus	refined_status;
	NkStatus	status;

	refined_status = nk_lca_refine(data, settings, room, parameters, &refined);
	if (!nk_lca_is_found(refined_status))
		return refined_status;
	*log_likelihood = refined.log_likelihood;
	status = nk_lca_fit(data, settings, room, other, &fit);
	if (!nk_lca_is_found(status) || fit.log_likelihood <= *log_likelihood)
		return refined_status;
	nk_lca_copy(other, parameters);
	*log_likelihood = fit.log_likelihood;
	return status;
}
