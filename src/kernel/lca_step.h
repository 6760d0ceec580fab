/*
 * lca_step.h - one step of expectation and maximisation
 */
#ifndef NK_LCA_STEP_H
#define NK_LCA_STEP_H

#include "lanes.h"
#include "lca.h"

#pragma GCC visibility push(hidden)

#define NK_LCA_POWERS	64		/* weights below are collected */

/* work; all of it lies in the room of the caller */
typedef struct NkLcaStep
{
	const NkLcaData *data;
	int			classes;
	int			lanes;			/* classes, padded; the rest have share 0 */
	int			bits;			/* items of a chunk */
	int			chunks;
	bool		one_run;		/* the same items were observed of everybody */
	double		pseudo_count;

	/*
	 * Tables have a row of lanes for each chunk and each subset of its items:
	 * [(chunk << bits | subset) * lanes + k].
	 */
	double	   *yes;			/* product of probabilities of the subset */
	double	   *no;				/* product of 1 - probability of the subset */
	double	   *both;			/* the one times the other, of a run */
	double	   *present;		/* children with just that subset present */
	double	   *observed;		/* children of runs with that observed */

	double	   *share;			/* all of these: lanes */
	double	   *joint;
	double	   *run;			/* children of a run */
	double	   *total;			/* of all of them */

	/* product of the likelihoods of patterns of each weight, and its scale */
	double		product[NK_LCA_POWERS];
	int64_t		exponent[NK_LCA_POWERS];
	double		log_likelihood; /* of heavier patterns */
} NkLcaStep;

extern size_t nk_lca_step_size(int classes, int items);
extern void nk_lca_step_init(NkLcaStep *step, const NkLcaData *data,
							 int classes, double pseudo_count, void *room);

/*
 * The log-likelihood of the data at some parameters; -INFINITY if they cannot
 * give a pattern.  What a step makes of them is in `to`, which is not where
 * they are read.  Parameters that are exactly 0 or 1 stay so, but with a
 * pseudo-count.
 */
extern double nk_lca_step(NkLcaStep *step, const NkLcaParameters *at,
						  NkLcaParameters *to);

/* log of the prior that a pseudo-count is; 0 without one */
extern double nk_lca_penalty(const NkLcaStep *step, const NkLcaParameters *at);

/*
 * Posteriors of patterns one by one: prepare, then ask for a pattern.  Its
 * likelihood is what is returned, times e to the power of log_rest: that is 0
 * but where a product would be too small, and -INFINITY if it cannot be.
 * Posteriors have room for as many classes as there may be.
 */
extern void nk_lca_step_prepare(NkLcaStep *step, const NkLcaParameters *at);
extern double nk_lca_step_posterior(const NkLcaStep *step,
									const NkLcaParameters *at, size_t i,
									double *posterior, double *log_rest);

#pragma GCC visibility pop

#endif							/* NK_LCA_STEP_H */
