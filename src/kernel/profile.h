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
	int32_t		profile;		/* place of its profile: 0, 1, ... */
} NkRule;

extern bool nk_rule_matches(const NkRule *rule, int64_t present,
							int64_t observed);

/* rules as nk_classify reads them: a block without pointers (profile.c) */
typedef struct NkRuleSet NkRuleSet;

/*
 * Rules are sorted by profile, profiles by priority, and their places have no
 * gaps: a profile without rules is not among them, and so never fits.  Room:
 * of nk_rule_set_size bytes, aligned as an int64_t.
 */
extern size_t nk_rule_set_size(const NkRule *rules, int count);
extern NkRuleSet *nk_rule_set_make(const NkRule *rules, int count,
								   void *room);

/* the place of the first profile all of whose rules match, or NK_UNCLASSIFIED */
extern int	nk_classify(const NkRuleSet *set, int64_t present,
						int64_t observed);

#pragma GCC visibility pop

#endif							/* NK_PROFILE_H */
