/*
 * lca_selection.h - how many latent classes?
 */
#ifndef NK_LCA_SELECTION_H
#define NK_LCA_SELECTION_H

#include "lca.h"

#pragma GCC visibility push(hidden)

/* one number of classes */
typedef struct NkLcaCandidate
{
	int			classes;
	double		n;				/* children of whom an item was observed */
	NkLcaFit	fit;			/* these two: undefined without a fit */
	NkLcaStatistics statistics;
	bool		has_fit;
	bool		selected;		/* least BIC of all that converged */
	NkStatus	status;
} NkLcaCandidate;

/* NK_BAD_CLASSES unless 1 <= least <= most, and what nk_lca_check finds */
extern NkStatus nk_lca_select_check(int items, int least, int most,
									const NkLcaSettings *settings);

/* fit each number of classes from least to most: one candidate each */
extern size_t nk_lca_select_size(const NkLcaData *data, int most,
								 const NkLcaSettings *settings);
extern void nk_lca_select(const NkLcaData *data, int least, int most,
						  const NkLcaSettings *settings, void *room,
						  NkLcaCandidate *candidates);

#pragma GCC visibility pop

#endif							/* NK_LCA_SELECTION_H */
