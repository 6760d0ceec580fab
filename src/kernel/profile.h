/*
 * profile.h - profiles as rules over a mask of factors
 *
 * A child's factors are bits of a mask, 0 to 62.  A rule names factors that
 * must all be present, factors of which one must be, factors of which at least
 * so many must be, and factors of which none may be.  A profile fits where all
 * of its rules do; of several the first by priority is the child's.
 *
 * A factor that was not observed never counts as present, and does not count
 * as absent either.
 */
#ifndef NK_PROFILE_H
#define NK_PROFILE_H

#include "kernel.h"

#pragma GCC visibility push(hidden)

#define NK_FACTORS			63
#define NK_ALL_OBSERVED		INT64_MAX
#define NK_UNCLASSIFIED		(-1)

typedef struct NkRule
{
	int64_t		all_of;
	int64_t		any_of;			/* 0: nothing is asked */
	int64_t		none_of;
	int64_t		at_least_of;
	int32_t		at_least;
	int32_t		profile;		/* the first rule of its profile, by index */
} NkRule;

extern bool nk_rule_matches(const NkRule *rule, int64_t present,
							int64_t observed);

/*
 * The first profile all of whose rules match, named by its first rule, or
 * NK_UNCLASSIFIED.  Rules are sorted by profile, profiles by priority; a
 * profile without rules does not occur and so never fits.
 */
extern int	nk_classify(const NkRule *rules, int count, int64_t present,
						int64_t observed);

#pragma GCC visibility pop

#endif							/* NK_PROFILE_H */
