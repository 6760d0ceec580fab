/*
 * lca_search.h - fits of latent classes that know where to begin, too
 */
#ifndef NK_LCA_SEARCH_H
#define NK_LCA_SEARCH_H

#include "lca.h"

#pragma GCC visibility push(hidden)

/* is there a log-likelihood, be it of a search that did not end? */
static inline bool
nk_lca_is_found(NkStatus status)
{
	return status == NK_OK || status == NK_NOT_CONVERGED;
}

/* doubles of the parameters of so many classes and items */
static inline size_t
nk_lca_parameters_length(int classes, int items)
{
	return (size_t) classes * ((size_t) items + 1);
}

static inline NkLcaParameters
nk_lca_parameters_in(double *values, int classes, int items)
{
	return (NkLcaParameters) {classes, items, values, values + classes};
}

/* of as many classes and items */
extern void nk_lca_copy(const NkLcaParameters *from, NkLcaParameters *to);

/*
 * The best of random starts and of the given parameters, into those.  other is
 * scratch of the same size; room is that of a fit.
 */
extern NkStatus nk_lca_search(const NkLcaData *data,
							  const NkLcaSettings *settings, void *room,
							  NkLcaParameters *other,
							  NkLcaParameters *parameters,
							  double *log_likelihood);

#pragma GCC visibility pop

#endif							/* NK_LCA_SEARCH_H */
