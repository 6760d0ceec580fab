/*
 * lca_invariance.h - do classes mean the same in two groups?
 */
#ifndef NK_LCA_INVARIANCE_H
#define NK_LCA_INVARIANCE_H

#include "lca.h"

#pragma GCC visibility push(hidden)

/* two items are the group, and an item's part in the second of them */
#define NK_LCA_INVARIANCE_ITEMS	(NK_LCA_ITEMS - 2)

typedef struct NkLcaInvariance
{
	double		statistic;		/* likelihood ratio */
	double		df;
	double		p_value;
	double		p_adjusted;		/* of an item, for their number */
	NkStatus	status;
} NkLcaInvariance;

typedef struct NkLcaInvarianceTest
{
	double		log_likelihood; /* the same items probabilities in both */
	double		log_likelihood_own; /* each group has its own */
	NkLcaInvariance all;
} NkLcaInvarianceTest;

extern size_t nk_lca_invariance_size(const NkLcaData *a, const NkLcaData *b,
									 int classes,
									 const NkLcaSettings *settings);

/*
 * Test all items together, then each of them: one result an item.  Both
 * groups have the same number of items, at most NK_LCA_INVARIANCE_ITEMS
 * (NK_BAD_INVARIANCE_ITEMS).  The status is that of the settings; those of
 * the results tell of the data: NK_OK, NK_BOUNDARY (chi-square is a poor guide,
 * and df does not count what is at the boundary in both), NK_EMPTY, NK_TOO_FEW,
 * NK_NOT_CONVERGED, and of an item NK_NOT_OBSERVED, NK_CONSTANT.
 */
extern NkStatus nk_lca_invariance_test(const NkLcaData *a, const NkLcaData *b,
									   int classes,
									   const NkLcaSettings *settings,
									   void *room, NkLcaInvarianceTest *test,
									   NkLcaInvariance *items);

#pragma GCC visibility pop

#endif							/* NK_LCA_INVARIANCE_H */
