/*
 * lca_climb.h - from given parameters up to a maximum of the likelihood
 */
#ifndef NK_LCA_CLIMB_H
#define NK_LCA_CLIMB_H

#include "lca_step.h"

#pragma GCC visibility push(hidden)

#define NK_LCA_MEMORY	10		/* steps that are remembered */

/* parameters, shares and probabilities in one vector */
typedef struct NkLcaPoint
{
	NkLcaParameters parameters;
	double	   *vector;
} NkLcaPoint;

typedef struct NkLcaClimb
{
	NkLcaStep	step;
	size_t		length;			/* of a vector */
	NkLcaPoint	at;				/* where it is */
	NkLcaPoint	next;			/* where a step leads from there */
	NkLcaPoint	trial;			/* where it may go instead */
	NkLcaPoint	trial_next;
	double		value;			/* log-likelihood and penalty */
	double		log_likelihood;
	double		trial_value;
	double		trial_log_likelihood;
	double		stride;			/* steps to take at once */
	int			failures;		/* proposals in a row that were lower */
	int			patience;		/* steps until the next proposal */
	int64_t		iterations;		/* steps of this climb */
	bool		converged;

	/* how steps and where they led changed, in a ring of the last ones */
	int			remembered;
	int			newest;
	double	   *steps;			/* [i * length] */
	double	   *places;
	double	   *weight;			/* of each parameter: the complete information */
} NkLcaClimb;

extern size_t nk_lca_climb_size(int classes, int items);
extern void nk_lca_climb_init(NkLcaClimb *climb, const NkLcaData *data,
							  int classes, double pseudo_count, void *room);

/* begin at the parameters that climb->at has */
extern void nk_lca_climb_begin(NkLcaClimb *climb);

/* go on, to the maximum or until so many iterations have been made in all */
extern void nk_lca_climb_on(NkLcaClimb *climb, double tolerance,
							int64_t iterations);

#pragma GCC visibility pop

#endif							/* NK_LCA_CLIMB_H */
