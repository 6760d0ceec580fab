/*
 * profile.c - profiles as rules over a mask of factors
 *
 * A plain pass over the rules: with some dozens of them it is faster than any
 * table or cache by mask.  Children differ, so a branch on their factors is
 * mispredicted again and again: a rule is tested without one, and only whether
 * a profile fits decides where the pass ends.
 */
#include "profile.h"

/*
 * Are at least so many bits set?  Loops over the rule's number, not the bits;
 * more than there are factors is never reached, so the loop ends there.
 */
static inline bool
has_at_least(int64_t mask, int32_t count)
{
	uint64_t	left = (uint64_t) mask;

	for (int32_t i = 1; i < count && i <= NK_FACTORS; i++)
		left &= left - 1;		/* clears the lowest bit */
	return left != 0;
}

static inline bool
matches(const NkRule *rule, int64_t known, int64_t absent)
{
	bool		fits;

	/* a forbidden factor must have been looked for and not found */
	fits = ((rule->all_of & ~known) | (rule->none_of & ~absent)) == 0;
	fits &= (rule->any_of == 0) | ((rule->any_of & known) != 0);
	if (rule->at_least > 0)
		fits &= has_at_least(rule->at_least_of & known, rule->at_least);
	return fits;
}

bool
nk_rule_matches(const NkRule *rule, int64_t present, int64_t observed)
{
	return matches(rule, present & observed, observed & ~present);
}

int
nk_classify(const NkRule *rules, int count, int64_t present, int64_t observed)
{
	int64_t		known = present & observed;
	int64_t		absent = observed & ~present;
	int			i = 0;

	while (i < count)
	{
		int			profile = rules[i].profile;
		bool		fits = true;

		while (i < count && rules[i].profile == profile)
			fits &= matches(&rules[i++], known, absent);
		if (fits)
			return profile;
	}
	return NK_UNCLASSIFIED;
}
