/*
 * scheme_check.c - do the rules or prototypes of a scheme make sense together?
 *
 * But for the factors that it forbids, a rule asks for more of something only.
 * So whatever rules can be matched together are matched by the child who has
 * all factors that none of them forbids, and one try decides.
 *
 * Does a profile P always match where Q does?  Not if some child matches Q and
 * fails one of P's demands.  A factor that P forbids and Q does not, and one
 * that P asks for and Q can do without, are again one try each.  "At least k of
 * M" fails where Q can be matched with fewer than k of M: everything outside of
 * M is free, and the fewest of M are searched for, factor by factor.
 */
#include "scheme_check.h"

#define MOST_TRIES	20000		/* steps of one search; more is undecided */

/* rules that follow each other: those of a profile, or one of them */
typedef struct Rules
{
	const NkRule *first;
	const NkRule *end;
} Rules;

static bool
all_match(Rules rules, int64_t present)
{
	for (const NkRule *rule = rules.first; rule < rules.end; rule++)
		if (!nk_rule_matches(rule, present, NK_ALL_OBSERVED))
			return false;
	return true;
}

static int64_t
forbidden(Rules rules)
{
	int64_t		mask = 0;

	for (const NkRule *rule = rules.first; rule < rules.end; rule++)
		mask |= rule->none_of;
	return mask;
}

static int64_t
required(Rules rules)
{
	int64_t		mask = 0;

	for (const NkRule *rule = rules.first; rule < rules.end; rule++)
		mask |= rule->all_of;
	return mask;
}

/* can both be matched by one child?  Then by this one, who has no factor more
 * than needed. */
static bool
match_together(Rules a, Rules b, int64_t *present)
{
	int64_t		most = NK_ALL_OBSERVED & ~(forbidden(a) | forbidden(b));

	if (!all_match(a, most) || !all_match(b, most))
		return false;
	for (int factor = NK_FACTORS - 1; factor >= 0; factor--)
	{
		int64_t		fewer = most & ~((int64_t) 1 << factor);

		if (all_match(a, fewer) && all_match(b, fewer))
			most = fewer;
	}
	*present = most;
	return true;
}

static bool
can_match(Rules rules)
{
	return all_match(rules, NK_ALL_OBSERVED & ~forbidden(rules));
}

/* how many of a rule's counted factors are lacking; any_of is a count of one */
static int
lacking(int64_t mask, int at_least, int64_t present)
{
	int			found = __builtin_popcountll((uint64_t) (mask & present));

	return at_least > found ? at_least - found : 0;
}

/* the count of which most is lacking, and which factors can make it up */
static int
most_lacking(Rules rules, int64_t present, int64_t *mask)
{
	int			most = 0;

	for (const NkRule *rule = rules.first; rule < rules.end; rule++)
	{
		int			any = rule->any_of != 0 ? lacking(rule->any_of, 1, present) : 0;
		int			count = lacking(rule->at_least_of, rule->at_least, present);

		if (any > most)
		{
			most = any;
			*mask = rule->any_of;
		}
		if (count > most)
		{
			most = count;
			*mask = rule->at_least_of;
		}
	}
	return most;
}

typedef struct Search
{
	Rules		rules;
	int64_t		allowed;		/* factors that may be added */
	int			tries;
} Search;

/* do two factors count in the same places?  Then it is enough to try one. */
static bool
interchangeable(Rules rules, int64_t a, int64_t b)
{
	for (const NkRule *rule = rules.first; rule < rules.end; rule++)
		if (((rule->any_of & a) != 0) != ((rule->any_of & b) != 0) ||
			((rule->at_least_of & a) != 0) != ((rule->at_least_of & b) != 0))
			return false;
	return true;
}

/* can the counts be reached with at most so many factors more? */
static bool
can_reach(Search *search, int64_t present, int more)
{
	int64_t		mask = 0;
	int			lack = most_lacking(search->rules, present, &mask);
	int64_t		candidates = mask & search->allowed & ~present;
	int64_t		tried = 0;

	if (lack == 0)
		return true;
	if (lack > more || ++search->tries > MOST_TRIES)
		return false;
	nk_check_interrupts();
	for (int64_t left = candidates; left != 0; left &= left - 1)
	{
		int64_t		factor = left & -left;
		bool		known = false;

		for (int64_t other = tried; other != 0 && !known; other &= other - 1)
			known = interchangeable(search->rules, factor, other & -other);
		if (!known && can_reach(search, present | factor, more - 1))
			return true;
		tried |= factor;
	}
	return false;
}

typedef enum Answer
{
	NO,
	YES,
	UNDECIDED
} Answer;

/* is this count of P's reached by whoever matches Q? */
static Answer
count_follows(Rules q, int64_t mask, int at_least)
{
	int64_t		most = NK_ALL_OBSERVED & ~forbidden(q);
	int64_t		least = (most & ~mask) | required(q);
	int			already = __builtin_popcountll((uint64_t) (least & mask));
	Search		search = {.rules = q, .allowed = most & mask};

	if (at_least <= already)
		return YES;
	if (can_reach(&search, least, at_least - 1 - already))
		return NO;
	return search.tries > MOST_TRIES ? UNDECIDED : YES;
}

/* does P match wherever Q does, whatever was observed? */
static Answer
follows(Rules p, Rules q)
{
	int64_t		most = NK_ALL_OBSERVED & ~forbidden(q);
	Answer		answer = YES;

	if ((forbidden(p) & ~forbidden(q)) != 0)
		return NO;
	for (int64_t left = required(p) & ~required(q); left != 0; left &= left - 1)
		if (all_match(q, most & ~(left & -left)))
			return NO;
	for (const NkRule *rule = p.first; rule < p.end && answer != NO; rule++)
	{
		Answer		any = rule->any_of == 0 ? YES :
			count_follows(q, rule->any_of, 1);
		Answer		count = rule->at_least <= 0 ? YES :
			count_follows(q, rule->at_least_of, rule->at_least);

		if (any == NO || count == NO)
			answer = NO;
		else if (any == UNDECIDED || count == UNDECIDED)
			answer = UNDECIDED;
	}
	return answer;
}

static int64_t
rule_factors(const NkRule *rule)
{
	return rule->all_of | rule->any_of | rule->none_of | rule->at_least_of;
}

static Rules
one_rule(const NkRule *rule)
{
	return (Rules) {rule, rule + 1};
}

/* what is wrong with the rules of one profile among themselves? */
static void
check_profile(const NkRule *all, Rules profile, int64_t factors,
			  NkReport report, void *context)
{
	NkFinding	finding = {
		.profile = profile.first->profile, .other_profile = NK_NONE,
		.other_rule = NK_NONE
	};
	bool		explained = can_match(profile);
	int64_t		present;

	for (const NkRule *rule = profile.first; rule < profile.end; rule++)
	{
		finding.rule = (int) (rule - all);
		finding.other_rule = NK_NONE;
		finding.problem = NK_PROBLEM_UNKNOWN;
		finding.factors = rule_factors(rule) & ~factors;
		if (finding.factors != 0)
			report(context, &finding);

		finding.problem = NK_PROBLEM_CONTRADICTION;
		finding.factors = (rule->all_of | rule->any_of | rule->at_least_of) &
			rule->none_of;
		if (!can_match(one_rule(rule)))
		{
			report(context, &finding);
			explained = true;
			continue;
		}
		for (const NkRule *other = profile.first; other < rule; other++)
		{
			if (!can_match(one_rule(other)) ||
				match_together(one_rule(other), one_rule(rule), &present))
				continue;
			finding.other_rule = (int) (other - all);
			finding.factors = (rule_factors(rule) & other->none_of) |
				(rule_factors(other) & rule->none_of);
			report(context, &finding);
			explained = true;
		}
	}
	if (!explained)
	{
		finding.problem = NK_PROBLEM_CONTRADICTION;
		finding.rule = finding.other_rule = NK_NONE;
		finding.factors = forbidden(profile);
		report(context, &finding);
	}
}

/* is a profile hidden by an earlier one, or does it overlap with it? */
static bool
check_pair(Rules earlier, Rules later, NkReport report, void *context)
{
	NkFinding	finding = {
		.profile = later.first->profile,
		.other_profile = earlier.first->profile,
		.rule = NK_NONE, .other_rule = NK_NONE
	};

	if (!match_together(earlier, later, &finding.factors))
		return true;
	switch (follows(earlier, later))
	{
		case YES:
			finding.problem = NK_PROBLEM_UNREACHABLE;
			return report(context, &finding);
		case UNDECIDED:
			finding.problem = NK_PROBLEM_UNDECIDED;
			if (!report(context, &finding))
				return false;
			break;
		case NO:
			break;
	}
	finding.problem = NK_PROBLEM_OVERLAP;
	return report(context, &finding);
}

static Rules
profile_at(const NkRule *first, const NkRule *end)
{
	Rules		profile = {first, first};

	while (profile.end < end && profile.end->profile == first->profile)
		profile.end++;
	return profile;
}

void
nk_check_rules(const NkRule *rules, int count, int64_t factors,
			   NkReport report, void *context)
{
	const NkRule *end = rules + count;
	Rules		later;
	Rules		earlier;

	for (later.first = rules; later.first < end; later.first = later.end)
	{
		later = profile_at(later.first, end);
		check_profile(rules, later, factors, report, context);
	}
	for (later.first = rules; later.first < end; later.first = later.end)
	{
		later = profile_at(later.first, end);
		if (!can_match(later))
			continue;
		for (earlier.first = rules; earlier.first < later.first;
			 earlier.first = earlier.end)
		{
			nk_check_interrupts();
			earlier = profile_at(earlier.first, end);
			if (can_match(earlier) &&
				!check_pair(earlier, later, report, context))
				return;
		}
	}
}

/* a child halfway between two prototypes that count the same factors */
static bool
halfway(const NkPrototype *a, const NkPrototype *b, int64_t *present)
{
	int64_t		differing = a->present ^ b->present;
	int			count = __builtin_popcountll((uint64_t) differing);

	if (a->counted != b->counted || count % 2 != 0)
		return false;
	*present = a->present;
	for (int i = 0; i < count / 2; i++)
	{
		*present ^= differing & -differing;
		differing &= differing - 1;
	}
	return true;
}

void
nk_check_prototypes(const NkPrototypeSet *set, int64_t factors,
					NkReport report, void *context)
{
	bool		go_on = true;

	for (int j = 0; j < set->count && go_on; j++)
	{
		const NkPrototype *later = &set->prototype[j];
		NkFinding	finding = {
			.profile = j, .other_profile = NK_NONE,
			.rule = NK_NONE, .other_rule = NK_NONE,
			.problem = NK_PROBLEM_UNKNOWN,
			.factors = later->counted & ~factors
		};

		if (finding.factors != 0)
			report(context, &finding);
		for (int i = 0; i < j && go_on; i++)
		{
			const NkPrototype *earlier = &set->prototype[i];
			int64_t		present;

			nk_check_interrupts();
			finding.other_profile = i;
			finding.factors = earlier->present;
			if (earlier->counted == later->counted &&
				earlier->present == later->present)
			{
				finding.problem = NK_PROBLEM_DUPLICATE;
				go_on = report(context, &finding);
			}
			/* a tie only if no third one is nearer, or all are too far */
			else if (halfway(earlier, later, &present) &&
					 nk_nearest(set, present, NK_ALL_OBSERVED) == i)
			{
				finding.problem = NK_PROBLEM_TIE;
				finding.factors = present;
				go_on = report(context, &finding);
			}
		}
	}
}
