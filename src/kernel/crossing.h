/*
 * crossing.h - the age from which one class has more children than another
 */
#ifndef NK_CROSSING_H
#define NK_CROSSING_H

#include "result.h"

#pragma GCC visibility push(hidden)

#define NK_CROSSING_AGES	128	/* most ages */

/* children of two classes at an age; ages rise */
typedef struct NkCrossingAge
{
	double		age;
	int64_t		from;
	int64_t		to;
} NkCrossingAge;

typedef struct NkCrossing
{
	NkInterval	age;			/* from which "to" is the larger for good */
	int			crossings;		/* ages at which either overtakes; -1: unknown */
} NkCrossing;

/*
 * NK_EMPTY: no ages; NK_ZERO_MARGIN: nobody in one of the classes;
 * NK_NO_CROSSING: "to" does not end up as the larger, or is it throughout;
 * NK_TOO_FEW (ages with children of either), NK_SEPARATION and
 * NK_NOT_CONVERGED: no smooth curve (nk_smooth_fit).  NK_BAD_CONF_LEVEL
 */
extern NkStatus nk_crossing(const NkCrossingAge *ages, int count,
							double conf_level, NkCrossing *crossing);

#pragma GCC visibility pop

#endif							/* NK_CROSSING_H */
