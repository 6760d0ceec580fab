/*
 * test_scheme_check.c - problems of schemes (scheme_check.c)
 *
 * The reference is a look at every child there can be: seven factors that are
 * present, absent or not observed, 2187 children, over random schemes.
 */
#include "summaries.h"

#include <string.h>

#include "scheme_check.h"

#define FACTORS		7
#define STATES		2187		/* 3 to the power of FACTORS */
#define CATALOGUE	((1 << FACTORS) - 1)
#define PROFILES	4
#define MOST_RULES	(PROFILES * 2)

static int64_t
random_mask(int sparse)
{
	uint64_t	mask = random_bits();

	while (--sparse > 0)
		mask &= random_bits();
	return (int64_t) (mask & CATALOGUE);
}

/* a child by number, a digit to the base of three a factor */
static void
child(int number, int64_t *present, int64_t *observed)
{
	*present = *observed = 0;
	for (int factor = 0; factor < FACTORS; factor++, number /= 3)
	{
		*observed |= (int64_t) (number % 3 != 0) << factor;
		*present |= (int64_t) (number % 3 == 2) << factor;
	}
}

/* what was reported, in the shape of the answers */
typedef struct Answers
{
	bool		contradiction[PROFILES];
	bool		hidden[PROFILES][PROFILES];
	bool		overlap[PROFILES][PROFILES];
	int64_t		witness[PROFILES][PROFILES];
	int			bad_rules;
	int			bad_pairs;
	int			unknown;
	int			undecided;
	int			duplicates;
	int			ties;
	int			findings;
	int			enough;			/* no more than so many; 0: all */
	int64_t		factors;
} Answers;

static bool
note(void *context, const NkFinding *finding)
{
	Answers    *answers = context;
	int			i = finding->other_profile;
	int			j = finding->profile;

	answers->factors = finding->factors;
	switch (finding->problem)
	{
		case NK_PROBLEM_CONTRADICTION:
			answers->contradiction[j] = true;
			answers->bad_rules += finding->rule != NK_NONE &&
				finding->other_rule == NK_NONE;
			answers->bad_pairs += finding->other_rule != NK_NONE;
			break;
		case NK_PROBLEM_UNKNOWN:
			answers->unknown++;
			break;
		case NK_PROBLEM_UNREACHABLE:
			answers->hidden[i][j] = true;
			answers->overlap[i][j] = true;
			break;
		case NK_PROBLEM_UNDECIDED:
			answers->undecided++;
			break;
		case NK_PROBLEM_OVERLAP:
			answers->overlap[i][j] = true;
			answers->witness[i][j] = finding->factors;
			break;
		case NK_PROBLEM_DUPLICATE:
			answers->duplicates++;
			break;
		case NK_PROBLEM_TIE:
			answers->ties++;
			break;
	}
	return ++answers->findings != answers->enough;
}

static bool
fits(const NkRule *rules, int count, int profile, int64_t present,
	 int64_t observed)
{
	for (int i = 0; i < count; i++)
		if (rules[i].profile == profile &&
			!nk_rule_matches(&rules[i], present, observed))
			return false;
	return true;
}

static int	hidden_pairs,
			overlaps,
			apart,
			contradictions;

/* one scheme against every child; how many answers are wrong */
static int
check_scheme(const NkRule *rules, int count, int profiles)
{
	Answers		answers = {0};
	bool		matched[PROFILES] = {false};
	bool		both[PROFILES][PROFILES] = {{false}};
	bool		alone[PROFILES][PROFILES] = {{false}};
	int			wrong = 0;

	nk_check_rules(rules, count, CATALOGUE, note, &answers);
	for (int number = 0; number < STATES; number++)
	{
		int64_t		present;
		int64_t		observed;
		bool		fit[PROFILES];

		child(number, &present, &observed);
		for (int j = 0; j < profiles; j++)
		{
			fit[j] = fits(rules, count, j, present, observed);
			matched[j] |= fit[j];
			for (int i = 0; i < j; i++)
			{
				both[i][j] |= fit[i] && fit[j];
				alone[i][j] |= !fit[i] && fit[j];
			}
		}
	}
	wrong += answers.unknown + answers.undecided;
	for (int j = 0; j < profiles; j++)
	{
		wrong += answers.contradiction[j] == matched[j];
		contradictions += !matched[j];
		for (int i = 0; i < j; i++)
		{
			bool		hidden = matched[j] && both[i][j] && !alone[i][j];

			wrong += answers.overlap[i][j] != both[i][j];
			wrong += answers.hidden[i][j] != hidden;
			if (answers.overlap[i][j] && !hidden)
				wrong += !fits(rules, count, i, answers.witness[i][j],
							   NK_ALL_OBSERVED) ||
					!fits(rules, count, j, answers.witness[i][j],
						  NK_ALL_OBSERVED);
			hidden_pairs += hidden;
			overlaps += both[i][j] && !hidden;
			apart += !both[i][j];
		}
	}
	return wrong;
}

static void
test_random_schemes(void)
{
	int			wrong = 0;

	for (int i = 0; i < 3000; i++)
	{
		NkRule		rules[MOST_RULES];
		int			count = 0;

		for (int profile = 0; profile < PROFILES; profile++)
			for (int j = (int) (random_bits() % 2); j >= 0; j--)
				rules[count++] = (NkRule) {
				.profile = profile,
				.all_of = random_mask(4),
				.none_of = random_bits() % 2 ? random_mask(3) : 0,
				.any_of = random_bits() % 2 ? random_mask(1) : 0,
				.at_least_of = random_mask(1),
				.at_least = (int32_t) (random_bits() % 4)
			};
		wrong += check_scheme(rules, count, PROFILES);
	}
	CHECK(wrong == 0);
	CHECK(hidden_pairs > 500 && overlaps > 500 && apart > 500 &&
		  contradictions > 500);
}

static void
test_by_hand(void)
{
	Answers		answers = {0};
	NkRule		rules[] = {
		/* forbids what it asks for; counts more than there are */
		{.profile = 0, .all_of = 1, .none_of = 1},
		{.profile = 0, .at_least = 3, .at_least_of = 6},
		/* two rules that exclude each other */
		{.profile = 1, .all_of = 2},
		{.profile = 1, .none_of = 6},
		/* three of which only all together do */
		{.profile = 2, .none_of = 1},
		{.profile = 2, .none_of = 2},
		{.profile = 2, .any_of = 3},
		/* a factor that nobody knows */
		{.profile = 3, .all_of = 256}
	};

	nk_check_rules(rules, 2, CATALOGUE, note, &answers);
	CHECK(answers.contradiction[0] && answers.bad_rules == 2 &&
		  answers.bad_pairs == 0);
	memset(&answers, 0, sizeof(answers));
	nk_check_rules(rules + 2, 2, CATALOGUE, note, &answers);
	CHECK(answers.contradiction[1] && answers.bad_rules == 0 &&
		  answers.bad_pairs == 1 && answers.factors == 2);
	memset(&answers, 0, sizeof(answers));
	nk_check_rules(rules + 4, 3, CATALOGUE, note, &answers);
	CHECK(answers.contradiction[2] && answers.bad_rules == 0 &&
		  answers.bad_pairs == 0);
	memset(&answers, 0, sizeof(answers));
	nk_check_rules(rules + 7, 1, CATALOGUE, note, &answers);
	CHECK(!answers.contradiction[3] && answers.unknown == 1 &&
		  answers.factors == 256);
}

/* counts over each other's factors, whose fewest are hard to find: it ends */
static void
test_hard(void)
{
	NkRule		rules[41] = {{.profile = 0, .at_least = 14,
			.at_least_of = NK_ALL_OBSERVED}};
	Answers		answers = {0};

	for (int i = 1; i <= 40; i++)
	{
		int64_t		mask = (int64_t) (random_bits() & random_bits() &
									  NK_ALL_OBSERVED);

		rules[i] = (NkRule) {.profile = 1, .at_least = 5, .at_least_of = mask};
	}
	nk_check_rules(rules, 41, NK_ALL_OBSERVED, note, &answers);
	CHECK(answers.overlap[0][1]);
	CHECK(answers.undecided == 1);
}

/* all profiles overlap; it ends where no more is wanted */
static void
test_enough(void)
{
	NkRule		rules[60];
	Answers		answers = {.enough = 5};

	for (int i = 0; i < 60; i++)
		rules[i] = (NkRule) {.profile = i / 20, .any_of = 3};
	nk_check_rules(rules, 60, CATALOGUE, note, &answers);
	CHECK(answers.findings == 3);
	for (int i = 0; i < 4; i++)
		rules[i].profile = i;
	answers.findings = 0;
	nk_check_rules(rules, 4, CATALOGUE, note, &answers);
	CHECK(answers.findings == 5);
}

static void
test_prototypes(void)
{
	static union
	{
		NkPrototypeSet set;
		char		room[256];
	} block;
	Answers		answers = {0};

	block.set.max_distance = 1;
	block.set.count = 3;
	block.set.prototype[0] = (NkPrototype) {.counted = 15, .present = 3};
	block.set.prototype[1] = (NkPrototype) {.counted = 15, .present = 12};
	block.set.prototype[2] = (NkPrototype) {.counted = 15, .present = 3};
	nk_check_prototypes(&block.set, 7, note, &answers);
	/* the third is as far from the second, but hidden by the first */
	CHECK(answers.duplicates == 1 && answers.ties == 1 && answers.unknown == 3);
	/* nobody who is as near to both is near enough */
	memset(&answers, 0, sizeof(answers));
	block.set.max_distance = 0.4;
	block.set.count = 2;
	nk_check_prototypes(&block.set, 15, note, &answers);
	CHECK(answers.duplicates == 0 && answers.ties == 0 && answers.unknown == 0);
	/* an odd number of differences: nobody is halfway */
	block.set.max_distance = 1;
	block.set.prototype[1].present = 4;
	nk_check_prototypes(&block.set, 15, note, &answers);
	CHECK(answers.ties == 0);
}

int
main(void)
{
	test_by_hand();
	test_random_schemes();
	test_hard();
	test_enough();
	test_prototypes();
	return unit_report();
}
