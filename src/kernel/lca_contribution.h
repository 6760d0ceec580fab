/*
 * lca_contribution.h - which items made a child's class the likeliest
 *
 * For an item j that was observed as y, and class k,
 *
 *	contribution = ln P(y_j | k) - ln P(y_j | not k)
 *	P(y_j | not k) = sum over l <> k of share_l P(y_j | l) / (1 - share_k)
 *
 * the weight of that one answer for class k, in log-odds, against the average
 * of the other classes.  They do not add up to the log-odds of the posterior
 * probability: the other classes are averaged item by item.
 */
#ifndef NK_LCA_CONTRIBUTION_H
#define NK_LCA_CONTRIBUTION_H

#include "lca_model.h"

#pragma GCC visibility push(hidden)

typedef enum NkWeight
{
	NK_WEIGHT_NONE,				/* not observed, unknown, or impossible in all */
	NK_WEIGHT_NUMBER,
	NK_WEIGHT_DECISIVE_FOR,		/* impossible in all other classes */
	NK_WEIGHT_DECISIVE_AGAINST	/* impossible in this one */
} NkWeight;

/*
 * The contribution of one item to one class, both numbered from 0.  The number
 * is undefined but for NK_WEIGHT_NUMBER.
 */
extern NkWeight nk_lca_contribution(const NkLcaModel *model, int k, int item,
									uint64_t present, uint64_t observed,
									double *contribution);

#pragma GCC visibility pop

#endif							/* NK_LCA_CONTRIBUTION_H */
