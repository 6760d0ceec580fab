/*
 * lca_climb.h - from given parameters up to a maximum of the likelihood
 */
#ifndef NK_LCA_CLIMB_H
#define NK_LCA_CLIMB_H

#include "lca_step.h"

#pragma GCC visibility push(hidden)

/* shares, then probabilities, as one vector */
typedef struct NkLcaPoint
{
	NkLcaParameters parameters;
	double		value;			/* log-likelihood and penalty */
	double		log_likelihood;
	double		distance;		/* squared, to the next one, in children */
} NkLcaPoint;

typedef struct NkLcaClimb
{
	NkLcaStep	step;
	size_t		length;			/* of a point's vector */
	NkLcaPoint	at;				/* where it is */
	NkLcaPoint	next;			/* what a step makes of it */
	int64_t		iterations;		/* of this climb */
	bool		converged;
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
