/*
 * test_profile.c - rules over masks of factors (profile.c)
 *
 * The reference is the definition itself, written once more bit by bit, and
 * compared over random rules, masks and observations.
 */
#include "summaries.h"

#include <stdlib.h>
#include <time.h>

#include "profile.h"

#define CASES	200000

/* a mask in which about one bit of 2^sparse is set, bit 62 among them */
static int64_t
random_mask(int sparse)
{
	uint64_t	mask = random_bits();

	while (--sparse > 0)
		mask &= random_bits();
	return (int64_t) (mask >> 1);
}

/* the definition, a factor at a time */
static bool
matches_by_definition(const NkRule *rule, int64_t present, int64_t observed)
{
	int			found = 0;
	bool		any = rule->any_of == 0;

	for (int factor = 0; factor < NK_FACTORS; factor++)
	{
		int64_t		bit = (int64_t) 1 << factor;
		bool		seen = observed & bit;
		bool		there = seen && (present & bit);
		bool		absent = seen && !(present & bit);

		if ((rule->all_of & bit) && !there)
			return false;
		if ((rule->none_of & bit) && !absent)
			return false;
		any |= (rule->any_of & bit) && there;
		found += (rule->at_least_of & bit) && there;
	}
	return any && found >= rule->at_least;
}

static void
test_random_rules(void)
{
	int			wrong = 0;
	int			matched = 0;

	for (int i = 0; i < CASES; i++)
	{
		NkRule		rule = {
			.all_of = random_mask(6),
			.any_of = random_bits() % 2 ? random_mask(3) : 0,
			.none_of = random_mask(6),
			.at_least_of = random_mask(2),
			.at_least = (int32_t) (random_bits() % 12)
		};
		int64_t		present = random_mask(1);
		int64_t		observed = random_bits() % 2 ? NK_ALL_OBSERVED :
			present | ~random_mask(3);
		bool		expected;

		/* about half of the rules are made to match what they ask for */
		if (random_bits() % 2)
			present = (present | rule.all_of) & ~rule.none_of;
		observed &= NK_ALL_OBSERVED;
		expected = matches_by_definition(&rule, present, observed);
		matched += expected;
		wrong += nk_rule_matches(&rule, present, observed) != expected;
	}
	CHECK(wrong == 0);
	/* the cases say something: neither nearly all nor nearly none match */
	CHECK(matched > CASES / 20 && matched < CASES - CASES / 20);
}

#define MOST_RULES	300

static int64_t room[32768];

static const NkRuleSet *
rule_set(const NkRule *rules, int count)
{
	if (nk_rule_set_size(rules, count) > sizeof(room))
		abort();
	return nk_rule_set_make(rules, count, room);
}

static void
test_priority(void)
{
	/* profiles of two rules, of one, and of two */
	NkRule		rules[] = {
		{.all_of = 1, .profile = 0},
		{.none_of = 2, .profile = 0},
		{.all_of = 2, .profile = 1},
		{.any_of = 4, .profile = 2},
		{.at_least = 2, .at_least_of = 4 | 8 | 16, .profile = 2}
	};
	const NkRuleSet *set = rule_set(rules, 5);

	CHECK(nk_classify(set, 1, NK_ALL_OBSERVED) == 0);
	CHECK(nk_classify(set, 1 | 2, NK_ALL_OBSERVED) == 1);
	CHECK(nk_classify(set, 4 | 8, NK_ALL_OBSERVED) == 2);
	CHECK(nk_classify(set, 8 | 16, NK_ALL_OBSERVED) == NK_UNCLASSIFIED);
	CHECK(nk_classify(set, 1, 1) == NK_UNCLASSIFIED);
	CHECK(nk_classify(rule_set(rules, 1), 1, 1) == 0);
	CHECK(nk_classify(rule_set(rules, 0), 1, NK_ALL_OBSERVED) ==
		  NK_UNCLASSIFIED);
}

/* the first profile whose rules all match, by the definition */
static int
classify_by_definition(const NkRule *rules, int count, int64_t present,
					   int64_t observed)
{
	for (int i = 0, end; i < count; i = end)
	{
		bool		fits = true;

		for (end = i; end < count && rules[end].profile == rules[i].profile;)
			fits &= matches_by_definition(&rules[end++], present, observed);
		if (fits)
			return rules[i].profile;
	}
	return NK_UNCLASSIFIED;
}

/* a rule that some masks match, and most do not */
static NkRule
random_rule(int profile)
{
	NkRule		rule = {.profile = profile};

	if (random_bits() % 8 != 0)
		rule.all_of = random_mask(4);
	if (random_bits() % 3 == 0)
		rule.none_of = random_mask(5);
	if (random_bits() % 2 == 0)
		rule.any_of = random_mask(4);
	if (random_bits() % 3 == 0)
	{
		rule.at_least_of = random_mask(1);
		rule.at_least = (int32_t) (random_bits() % 24);
	}
	return rule;
}

/* schemes of up to some hundred profiles of up to four rules */
static void
test_random_schemes(void)
{
	static NkRule rules[MOST_RULES];
	int			wrong = 0;
	int			later = 0;
	int			unclassified = 0;

	for (int i = 0; i < 400; i++)
	{
		int			count = (int) (random_bits() % MOST_RULES);
		const NkRuleSet *set;

		for (int j = 0, profile = -1; j < count; j++)
		{
			profile += j == 0 || random_bits() % 3 != 0;
			rules[j] = random_rule(profile);
		}
		set = rule_set(rules, count);
		for (int j = 0; j < 200; j++)
		{
			int64_t		present = random_mask((int) (random_bits() % 3));
			int64_t		observed = j % 2 ? NK_ALL_OBSERVED :
				(present | ~random_mask(4)) & NK_ALL_OBSERVED;
			int			expected = classify_by_definition(rules, count, present,
														  observed);

			later += expected >= 32;
			unclassified += expected == NK_UNCLASSIFIED;
			wrong += nk_classify(set, present, observed) != expected;
		}
	}
	CHECK(wrong == 0);
	CHECK(later > 1000 && unclassified > 1000 && unclassified < 40000);
}

static void
test_last_bit(void)
{
	NkRule		rule = {.all_of = (int64_t) 1 << 62};

	CHECK(nk_rule_matches(&rule, NK_ALL_OBSERVED, NK_ALL_OBSERVED));
	CHECK(!nk_rule_matches(&rule, NK_ALL_OBSERVED >> 1, NK_ALL_OBSERVED));
}

/* more than there are factors: never, and no slower for it */
static void
test_at_least(void)
{
	NkRule		rule = {.at_least_of = NK_ALL_OBSERVED, .at_least = NK_FACTORS};
	clock_t		start = clock();
	int			matched = 0;

	CHECK(nk_rule_matches(&rule, NK_ALL_OBSERVED, NK_ALL_OBSERVED));
	CHECK(!nk_rule_matches(&rule, NK_ALL_OBSERVED - 1, NK_ALL_OBSERVED));
	rule.at_least = NK_FACTORS + 1;
	CHECK(!nk_rule_matches(&rule, NK_ALL_OBSERVED, NK_ALL_OBSERVED));
	rule.at_least = INT32_MAX;
	for (int i = 0; i < 1000; i++)
		matched += nk_rule_matches(&rule, NK_ALL_OBSERVED, NK_ALL_OBSERVED);
	CHECK(matched == 0);
	CHECK(clock() - start < CLOCKS_PER_SEC);
}

int
main(void)
{
	test_random_rules();
	test_priority();
	test_random_schemes();
	test_last_bit();
	test_at_least();
	return unit_report();
}
