/*
 * lca_residuals.h - do items go together within classes?
 */
#ifndef NK_LCA_RESIDUALS_H
#define NK_LCA_RESIDUALS_H

#include "lca.h"

#pragma GCC visibility push(hidden)

/* of two items, among the children of whom both were observed */
typedef struct NkLcaResidual
{
	int			a;				/* from 0 */
	int			b;				/* after a */
	double		n;
	double		observed;		/* children with both */
	double		expected;		/* by the model */
	double		residual;		/* of that number, standardised */
	double		statistic;		/* Pearson's chi-square of the four numbers */
	NkStatus	status;
} NkLcaResidual;

static inline size_t
nk_lca_pairs(int items)
{
	return (size_t) items * (items - 1) / 2;
}

/*
 * One a pair, (0, 1), (0, 2), (1, 2), (0, 3) and so on.  Of a pair: NK_OK,
 * NK_NOT_OBSERVED where no child has both observed, NK_BOUNDARY where there
 * are children that the model says there cannot be.
 */
extern size_t nk_lca_residuals_size(int items);
extern void nk_lca_residuals(const NkLcaData *data,
							 const NkLcaParameters *model, void *room,
							 NkLcaResidual *pairs);

/*
 * The same after the model has been fitted to a drawn data set: count the
 * pairs that are at least as far from their expectation.  model is where that
 * fit starts, and changed.  Room: of nk_lca_residuals_refit_size bytes.  False
 * if nothing could be fitted.
 */
extern size_t nk_lca_residuals_refit_size(const NkLcaData *drawn, int classes,
										  const NkLcaSettings *settings);
extern bool nk_lca_residuals_refit(const NkLcaData *drawn,
								   const NkLcaSettings *settings, void *room,
								   NkLcaParameters *model,
								   const NkLcaResidual *pairs, int64_t *hits);

#pragma GCC visibility pop

#endif							/* NK_LCA_RESIDUALS_H */
