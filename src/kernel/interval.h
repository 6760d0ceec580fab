/*
 * interval.h - confidence intervals of one proportion
 */
#ifndef NK_INTERVAL_H
#define NK_INTERVAL_H

#include "proportion.h"
#include "result.h"

#pragma GCC visibility push(hidden)

/* in the order of nk_interval_methods */
typedef enum NkIntervalMethod
{
	NK_WILSON,
	NK_WILSON_CC,
	NK_CLOPPER_PEARSON,
	NK_MID_P,
	NK_JEFFREYS,
	NK_AGRESTI_COULL,
	NK_WALD
} NkIntervalMethod;

extern const char *const nk_interval_methods[];	/* names, ends with NULL */

/* confidence interval of p; NK_EMPTY if n is 0, NK_BAD_CONF_LEVEL */
extern NkStatus nk_confint(const NkProportion *p, double conf_level,
						   NkIntervalMethod method, NkInterval *result);

/*
 * Bricks of others: x events of n > 0, neither of which need be whole, for a
 * given normal quantile or for a given probability beyond either bound
 */
extern NkInterval nk_wilson_of(double x, double n, double z);
extern NkStatus nk_clopper_pearson(double x, double n, double tail,
								   NkInterval *result);

static inline NkInterval
nk_wilson(const NkProportion *p, double z)
{
	return nk_wilson_of((double) p->events, (double) p->n, z);
}

/* how far Wilson's interval reaches below and above the estimate */
typedef struct NkReach
{
	double		down;
	double		up;
} NkReach;

extern NkReach nk_wilson_reach(const NkProportion *p, double z);

#pragma GCC visibility pop

#endif							/* NK_INTERVAL_H */
