/*
 * lca_step.h - one step of expectation and maximisation
 */
#ifndef NK_LCA_STEP_H
#define NK_LCA_STEP_H

#include "lca.h"

#pragma GCC visibility push(hidden)

/* work; all of it lies in the room of the caller */
typedef struct NkLcaStep
{
	const NkLcaData *data;
	int			classes;
	double		pseudo_count;

	double	   *posterior;		/* of one pattern */
	double	   *total;			/* children of each class */
	double	   *present;		/* of them, with item j: [k * items + j] */
	double	   *observed;		/* of them, looked at for item j */
	double	   *logs;			/* of shares and probabilities, if needed */
} NkLcaStep;

extern size_t nk_lca_step_size(int classes, int items);
extern void nk_lca_step_init(NkLcaStep *step, const NkLcaData *data,
							 int classes, double pseudo_count, void *room);

/*
 * The log-likelihood of the data at some parameters; -INFINITY if they cannot
 * give a pattern.  What a step makes of them is in `to`, unless it is NULL: it
 * is not where the parameters are read.  `total` holds the children of each
 * class afterwards.  Parameters that are exactly 0 or 1 stay so, but with a
 * pseudo-count.
 */
extern double nk_lca_step(NkLcaStep *step, const NkLcaParameters *at,
						  NkLcaParameters *to);

/* log of the prior that a pseudo-count is; 0 without one */
extern double nk_lca_penalty(const NkLcaStep *step, const NkLcaParameters *at);

#pragma GCC visibility pop

#endif							/* NK_LCA_STEP_H */
