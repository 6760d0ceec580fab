/*
 * kernel.h - what every kernel file shares: codes, undefined results, the
 * interrupt hook.
 *
 * The kernel is statistics on plain values: C11, libm and, behind one file a
 * concern, GSL.  It knows nothing of PostgreSQL, allocates nothing, prints
 * nothing and keeps no state.  A function returns an NkStatus and fills a
 * struct that belongs to its caller.
 *
 * Not-a-number policy: inside a result struct NK_UNDEFINED marks a value that
 * does not exist (an interval of no children, the upper bound of a ratio over
 * zero events).  The glue turns every value that is not finite into NULL, in
 * one place, so neither NaN nor infinity can reach a user.
 */
#ifndef NK_KERNEL_H
#define NK_KERNEL_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Hidden visibility: symbols of loaded modules are global to the server, and
 * two extensions that export the same name would call each other.
 */
#pragma GCC visibility push(hidden)

/*
 * The first codes describe the data: the row comes back with NULLs and the
 * code's name as its status.  Those from NK_FIRST_ERROR on describe a wrong
 * setting or a value that cannot be: the glue raises them as errors.
 */
typedef enum NkStatus
{
	NK_OK = 0,
	NK_SUPPRESSED,				/* hidden by a disclosure policy */
	NK_EMPTY,					/* no children in a group that is needed */
	NK_ZERO_MARGIN,				/* no events at all, or only events */
	NK_NO_VARIATION,			/* all values equal */
	NK_TOO_FEW,					/* below the least number for the method */
	NK_NOT_CONVERGED,			/* an iteration did not reach its tolerance */
	NK_FEW_CLUSTERS,			/* results stand, on fewer than 20 clusters */
	NK_SEPARATION,				/* an estimate is infinite */
	NK_COLLINEAR,				/* a covariate depends on those before it */
	NK_NO_CHANGE,				/* a straight line describes the ages as well */
	NK_NO_CROSSING,				/* one curve is above the other at all ages */
	NK_NOT_IDENTIFIED,			/* other parameters give the same likelihood */
	NK_BOUNDARY,				/* an estimate is at the end of its range */
	NK_NOT_OBSERVED,			/* an item that was never looked at */
	NK_CONSTANT,				/* an item that all or none have */

	NK_FIRST_ERROR,
	NK_BAD_CONF_LEVEL = NK_FIRST_ERROR, /* not strictly between 0 and 1 */
	NK_BAD_TARGET,				/* not strictly between 0 and 1 */
	NK_BAD_PROBABILITY,			/* not between 0 and 1 */
	NK_BAD_PARAMETER,			/* a parameter no distribution has */
	NK_NEGATIVE_COUNT,			/* a count below zero */
	NK_TOO_MANY_EVENTS,			/* more events than children */
	NK_OVERFLOW,				/* a sum beyond the range of a count */
	NK_NOT_CONTAINED,			/* a part that is not part of its whole */
	NK_BAD_SUMMARY,				/* contents that no data can produce */
	NK_BAD_MASK,				/* a mask of factors beyond bit 62 */
	NK_BAD_PLACE,				/* not one of the places 0 to n - 1 */
	NK_BAD_LABEL,				/* labels that are not one a row and column */
	NK_BAD_SCORE,				/* a score or weight that is not a number */
	NK_SETTING_DIFFERS,			/* not the same in all rows of an aggregate */
	NK_NO_CLUSTERS,				/* a summary that was made without them */
	NK_BAD_WEIGHT,				/* negative, not a number, or none positive */
	NK_TOO_LARGE,				/* more distinct values than a summary holds */
	NK_BAD_REPLICATES,			/* a simulation of no replicates */
	NK_BAD_MOMENTS,				/* a mean or variance that no values have */
	NK_BAD_DECIMAL,				/* not the exact decimal of a sum of doubles */
	NK_BAD_ORDER,				/* no list of labels */
	NK_BAD_SHAPE,				/* more rows or columns than are compared */
	NK_BAD_AGES,				/* rows of a table whose labels are no ages */
	NK_NOT_CURVES,				/* clusters that were not made of age curves */
	NK_BAD_BANDS,				/* first ages of bands that do not rise */
	NK_BAD_ITEMS,				/* not 1 to 63 items */
	NK_ITEMS_DIFFER,			/* an item that the model does not have */
	NK_BAD_CLASSES,				/* not 1 to 64 classes */
	NK_BAD_STARTS,				/* no random start */
	NK_BAD_TOLERANCE,			/* not a number from 0 to below 1 */
	NK_BAD_ITERATIONS,			/* no iteration, or too many */
	NK_BAD_PSEUDO_COUNT,		/* negative or not a number */
	NK_BAD_THRESHOLD,			/* not between 0 and 1 */
	NK_BAD_CLASS_LABEL,			/* not the number of a class of the model */
	NK_ONE_CLASS,				/* a test against one class fewer */
	NK_TOO_MANY_ITEMS,			/* more than two groups are compared on */
	NK_BAD_CONFIGURATION,		/* not 2 to 20 items */
} NkStatus;

#define NK_UNDEFINED ((double) NAN)

/*
 * Called every thousand steps or so by loops whose length the data decide.
 * The server's version checks for interrupts and may not return; that is safe
 * because the kernel owns no resource.  Unit tests link an empty one.
 */
extern void nk_check_interrupts(void);

/* a + b in *sum; false if it does not fit */
static inline bool
nk_add(int64_t a, int64_t b, int64_t *sum)
{
	return !__builtin_add_overflow(a, b, sum);
}

#pragma GCC visibility pop

#endif							/* NK_KERNEL_H */
