/*
 * profile.c - profiles as rules over a mask of factors
 *
 * Some dozens of profiles are tried faster one after another than they are
 * found in any table or cache by mask.  Children differ, so a branch on their
 * factors is mispredicted again and again, and each time costs as much as
 * three profiles.  So a batch of profiles is tested without one, and only then
 * is it asked which of them fit.  What most profiles ask for, one of some
 * factors, lies side by side and is tested four profiles at a time; all else
 * is a list of conditions.
 *
 * The vectors are those of the compiler's language extension: halves of masks,
 * because processors without further options compare no wider integers.
 */
#include "profile.h"

#include <string.h>

#define LANES		4			/* profiles in a vector */
#define BATCH		32			/* profiles whose answers are one word */

/* a bit that no factor has; it is set in what is present, so it asks nothing */
#define ASKS_NOTHING	((uint64_t) 1 << NK_FACTORS)

/* halves of masks of four profiles; a block is not aligned beyond 8 */
typedef uint32_t Lanes __attribute__((vector_size(16), aligned(8)));

typedef struct FourProfiles
{
	Lanes		low;			/* one of these must be present; no bit at */
	Lanes		high;			/* all: no such profile, which never fits */
} FourProfiles;

/* what a profile asks for besides */
typedef enum Sort
{
	ALL_OF,
	NONE_OF,
	AT_LEAST,
	SORTS
} Sort;

typedef struct Condition
{
	uint64_t	mask;
	uint32_t	profile;		/* its bit in the batch */
	int32_t		more;			/* of AT_LEAST: than so many are present */
} Condition;

typedef struct Batch
{
	FourProfiles four[BATCH / LANES];
	int64_t		fours;
	int64_t		condition[SORTS];	/* the first of a sort among the set's, */
	int64_t		count[SORTS];	/* and how many there are */
} Batch;

struct NkRuleSet
{
	int64_t		batches;
	int64_t		conditions;		/* offset of their list */
	Batch		batch[];
};

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

bool
nk_rule_matches(const NkRule *rule, int64_t present, int64_t observed)
{
	int64_t		known = present & observed;
	int64_t		absent = observed & ~present;

	/* a forbidden factor must have been looked for and not found */
	return (rule->all_of & ~known) == 0 && (rule->none_of & ~absent) == 0 &&
		(rule->any_of == 0 || (rule->any_of & known) != 0) &&
		(rule->at_least <= 0 ||
		 has_at_least(rule->at_least_of & known, rule->at_least));
}

static size_t
batch_count(const NkRule *rules, int count)
{
	return count == 0 ? 0 : (size_t) rules[count - 1].profile / BATCH + 1;
}

/* a rule has up to four conditions */
size_t
nk_rule_set_size(const NkRule *rules, int count)
{
	return sizeof(NkRuleSet) + batch_count(rules, count) * sizeof(Batch) +
		4 * (size_t) count * sizeof(Condition);
}

static inline bool
has_one_bit(int64_t mask)
{
	return mask != 0 && (mask & (mask - 1)) == 0;
}

/*
 * The rule of a profile whose any_of goes into the lanes: the first that has
 * one, or that asks for all of a single factor, which is the same.
 */
static const NkRule *
lane_rule(const NkRule *first, const NkRule *end)
{
	for (const NkRule *rule = first;
		 rule < end && rule->profile == first->profile; rule++)
		if (rule->any_of != 0 || has_one_bit(rule->all_of))
			return rule;
	return NULL;
}

static uint64_t
lane_mask(const NkRule *rule)
{
	if (rule == NULL)
		return ASKS_NOTHING;
	return (uint64_t) (rule->any_of != 0 ? rule->any_of : rule->all_of);
}

/* the conditions of a sort that a rule has besides its lane; how many */
static int
rule_conditions(const NkRule *rule, Sort sort, bool in_lane,
				Condition *conditions)
{
	Condition	one = {.profile = (uint32_t) 1 << rule->profile % BATCH};
	int			count = 0;

	if (sort == ALL_OF && rule->all_of != 0 &&
		!(in_lane && rule->any_of == 0))
		one.mask = (uint64_t) rule->all_of;
	else if (sort == NONE_OF)
		one.mask = (uint64_t) rule->none_of;
	else if (sort == AT_LEAST && !in_lane)
		one.mask = (uint64_t) rule->any_of;
	if (one.mask != 0)
		conditions[count++] = one;
	if (sort == AT_LEAST && rule->at_least > 0)
	{
		one.mask = (uint64_t) rule->at_least_of;
		one.more = (rule->at_least > NK_FACTORS ? NK_FACTORS + 1 :
					rule->at_least) - 1;
		conditions[count++] = one;
	}
	return count;
}

NkRuleSet *
nk_rule_set_make(const NkRule *rules, int count, void *room)
{
	const NkRule *end = rules + count;
	NkRuleSet  *set = room;
	Condition  *conditions;
	int64_t		used = 0;

	memset(room, 0, nk_rule_set_size(rules, count));
	set->batches = (int64_t) batch_count(rules, count);
	set->conditions = (int64_t) (sizeof(NkRuleSet) +
								 (size_t) set->batches * sizeof(Batch));
	conditions = (Condition *) ((char *) room + set->conditions);
	for (int64_t i = 0; i < set->batches; i++)
	{
		Batch	   *batch = &set->batch[i];
		const NkRule *next = rules;

		for (Sort sort = 0; sort < SORTS; sort++)
		{
			const NkRule *lane = NULL;

			batch->condition[sort] = used;
			for (next = rules; next < end && next->profile / BATCH == i;
				 next++)
			{
				int			place = next->profile % BATCH;

				if (next == rules || next->profile != next[-1].profile)
				{
					lane = lane_rule(next, end);
					batch->four[place / LANES].low[place % LANES] =
						(uint32_t) lane_mask(lane);
					batch->four[place / LANES].high[place % LANES] =
						(uint32_t) (lane_mask(lane) >> 32);
					batch->fours = place / LANES + 1;
				}
				used += rule_conditions(next, sort, next == lane,
										conditions + used);
			}
			batch->count[sort] = used - batch->condition[sort];
		}
		rules = next;
	}
	return set;
}

static inline Lanes
same_in_all(uint32_t half)
{
	return (Lanes) {half, half, half, half};
}

/* which profiles of the batch have one of the factors of their lane */
static inline uint32_t
fitting_lanes(const Batch *batch, uint64_t known)
{
	const FourProfiles *four = batch->four;
	const FourProfiles *end = four + batch->fours;
	const Lanes none = {0};
	Lanes		low = same_in_all((uint32_t) known);
	Lanes		high = same_in_all((uint32_t) ((known | ASKS_NOTHING) >> 32));
	Lanes		bit = {1, 2, 4, 8};
	Lanes		fitting = none;

	for (; four < end; four++)
	{
		fitting |= ~(Lanes) (((four->low & low) | (four->high & high)) == none) & bit;
		bit <<= LANES;
	}
	return fitting[0] | fitting[1] | fitting[2] | fitting[3];
}

/* of which profiles is the mask of a condition not within another? */
static inline uint32_t
failing_masks(const Condition *condition, int64_t count, uint64_t within)
{
	uint32_t	failing = 0;

	for (const Condition *end = condition + count; condition < end; condition++)
		failing |= -(uint32_t) ((condition->mask & ~within) != 0) &
			condition->profile;
	return failing;
}

/* which fail by a count; the loop within runs as often for every child */
static inline uint32_t
failing_counts(const Condition *condition, int64_t count, uint64_t known)
{
	uint32_t	failing = 0;

	for (const Condition *end = condition + count; condition < end; condition++)
	{
		uint64_t	left = condition->mask & known;

		for (int32_t more = condition->more; more > 0; more--)
			left &= left - 1;
		failing |= -(uint32_t) (left == 0) & condition->profile;
	}
	return failing;
}

int
nk_classify(const NkRuleSet *set, int64_t present, int64_t observed)
{
	const Condition *conditions =
		(const Condition *) ((const char *) set + set->conditions);
	uint64_t	known = (uint64_t) (present & observed);
	uint64_t	absent = (uint64_t) (observed & ~present);

	for (const Batch *batch = set->batch, *end = batch + set->batches;
		 batch < end; batch++)
	{
		uint32_t	fitting = fitting_lanes(batch, known);

		fitting &= ~failing_masks(conditions + batch->condition[ALL_OF],
								  batch->count[ALL_OF], known);
		fitting &= ~failing_masks(conditions + batch->condition[NONE_OF],
								  batch->count[NONE_OF], absent);
		fitting &= ~failing_counts(conditions + batch->condition[AT_LEAST],
								   batch->count[AT_LEAST], known);
		if (fitting != 0)
			return (int) (batch - set->batch) * BATCH + __builtin_ctz(fitting);
	}
	return NK_UNCLASSIFIED;
}
