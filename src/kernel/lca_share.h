/*
 * lca_share.h - how common the classes of a model are among other children
 */
#ifndef NK_LCA_SHARE_H
#define NK_LCA_SHARE_H

#include "lca_class.h"

#pragma GCC visibility push(hidden)

typedef struct NkLcaShare
{
	double		modal;			/* children whose likeliest class it is */
	double		share_modal;	/* the same as a share of those classified */
	double		share_posterior;	/* mean of the posterior probabilities */
	NkInterval	share;			/* maximum likelihood */
	double		std_error;
	NkStatus	status;
} NkLcaShare;

typedef struct NkLcaShares
{
	double		n;				/* children that some class can have */
	double		impossible;		/* those that none can */
	NkLcaShare	classes[NK_LCA_CLASSES];
} NkLcaShares;

/*
 * Shares of the classes of a model among children of the same items, and bounds
 * at so many standard errors.  Room: of so many bytes.
 */
extern size_t nk_lca_shares_size(const NkLcaModel *model);
extern void nk_lca_shares(const NkLcaModel *model, const NkLcaData *data,
						  double z, void *room, NkLcaShares *shares);

#pragma GCC visibility pop

#endif							/* NK_LCA_SHARE_H */
