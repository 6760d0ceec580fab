/*
 * jonckheere.h - do values rise or fall from one group to the next?
 */
#ifndef NK_JONCKHEERE_H
#define NK_JONCKHEERE_H

#include "merge.h"
#include "result.h"

#pragma GCC visibility push(hidden)

typedef struct NkJonckheere
{
	int64_t		n;
	size_t		groups;			/* with children */
	double		statistic;		/* J */
	double		expected;		/* of J without a trend */
	double		variance;
	double		z;				/* above 0: values rise */
	double		p_value;		/* two-sided */
} NkJonckheere;

/*
 * Entries by group, in the order of the trend, and value; groups is scratch of
 * nk_count_groups places.  NK_EMPTY; NK_TOO_FEW for one group;
 * NK_NO_VARIATION where all values are equal, with p-value 1; NK_OVERFLOW.
 */
extern NkStatus nk_jonckheere_test(const NkGroupCount *entries, size_t count,
								   NkGroup *groups, NkJonckheere *result);

#pragma GCC visibility pop

#endif							/* NK_JONCKHEERE_H */
