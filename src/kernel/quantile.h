/*
 * quantile.h - medians, quantiles and shares of a distribution of values
 */
#ifndef NK_QUANTILE_H
#define NK_QUANTILE_H

#include "interval.h"
#include "values.h"

#pragma GCC visibility push(hidden)

/*
 * The quantiles of k probabilities, perhaps in their place.  NaN stands for one that is not known and
 * gives NK_UNDEFINED, as does every quantile of no children (NK_EMPTY).
 * NK_BAD_PROBABILITY; linear in the entries where p is ascending.
 */
extern NkStatus nk_quantiles(const NkValues *values, const double *p,
							 size_t k, double *quantiles);

/* NK_UNDEFINED without children */
extern double nk_median(const NkValues *values);

/*
 * A quantile between two of the values.  NK_EMPTY; NK_TOO_FEW where one bound
 * or both do not exist; NK_BAD_PROBABILITY, NK_BAD_CONF_LEVEL.
 */
extern NkStatus nk_quantile_interval(const NkValues *values, double p,
									 double conf_level, NkInterval *result);

/* how many children have at least this value; NaN is above all */
extern int64_t nk_at_least(const NkValues *values, double level);

typedef struct NkLevel
{
	double		value;
	int64_t		n;				/* children with this value */
	double		share;			/* of all */
	NkInterval	at_least;		/* share with this value or a higher one */
} NkLevel;

/*
 * Entry i as a level that so many children reach, which are those of the
 * entries from i on; z is the critical value of Wilson's interval.
 */
extern NkLevel nk_level(const NkValues *values, size_t i, int64_t reached,
						double z);

#pragma GCC visibility pop

#endif							/* NK_QUANTILE_H */
