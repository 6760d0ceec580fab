/*
 * profile.c - profiles as rules over a mask of factors
 *
 * A plain pass over the rules: with some dozens of them it is faster than any
 * table or cache by mask.
 */
#include "profile.h"

bool
nk_rule_matches(const NkRule *rule, int64_t present, int64_t observed)
{
	int64_t		known = present & observed;

	if ((known & rule->all_of) != rule->all_of)
		return false;
	/* a forbidden factor must have been looked for and not found */
	if ((observed & ~present & rule->none_of) != rule->none_of)
		return false;
	if (rule->any_of != 0 && (known & rule->any_of) == 0)
		return false;
	if (rule->at_least > 0 &&
		__builtin_popcountll((uint64_t) (known & rule->at_least_of)) <
		rule->at_least)
		return false;
	return true;
}

int
nk_classify(const NkRule *rules, int count, int64_t present, int64_t observed)
{
	int			i = 0;

	while (i < count)
	{
		int			profile = rules[i].profile;

		while (i < count && rules[i].profile == profile &&
			   nk_rule_matches(&rules[i], present, observed))
			i++;
		if (i == count || rules[i].profile != profile)
			return profile;
		while (i < count && rules[i].profile == profile)
			i++;
	}
	return NK_UNCLASSIFIED;
}
