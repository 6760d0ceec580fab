/*
 * groups.h - states of the aggregates over groups: several proportions, pairs
 * of proportions, distributions
 *
 * Each row of such an aggregate is one group (a municipality, a stratum).  The
 * state keeps the groups' numbers themselves, sorted, so that a test over them
 * is bit for bit the same for every order of the rows.
 */
#ifndef NK_GROUPS_H
#define NK_GROUPS_H

#include "distribution.h"
#include "proportion.h"

#pragma GCC visibility push(hidden)

/* (score, n, events) -> how many such groups; the setting is a level */
extern const NkSummaryKind nk_proportion_groups_kind;

typedef struct NkScoredProportion
{
	double		score;			/* or weight, or reference rate */
	int64_t		n;
	int64_t		events;
	int64_t		times;			/* how many groups have these numbers */
} NkScoredProportion;

/* NK_BAD_SCORE if it is not finite; the state must not be full */
extern NkStatus nk_proportion_groups_add(NkTally *state, double score,
										 const NkProportion *p);

/* entry i of the canonical form */
extern NkScoredProportion nk_proportion_group(const NkTally *groups, size_t i);

/* (n_a, events_a, n_b, events_b) -> how many strata; the setting is a level */
extern const NkSummaryKind nk_proportion_strata_kind;

typedef struct NkStratum
{
	int64_t		n_a;
	int64_t		events_a;
	int64_t		n_b;
	int64_t		events_b;
	int64_t		times;
} NkStratum;

extern NkStatus nk_proportion_strata_add(NkTally *state, const NkProportion *a,
										 const NkProportion *b);
extern NkStratum nk_proportion_stratum(const NkTally *strata, size_t i);

/*
 * (group, value) -> how many; entries are sorted by group, then value.  Groups
 * are numbered as they come (setting 1; aside says how many there are) or by
 * the user, who orders them (setting 2).
 */
extern const NkSummaryKind nk_distribution_groups_kind;

#define NK_NUMBERED_GROUPS	1
#define NK_ORDERED_GROUPS	2

/* the state must have room for the distribution; group NULL numbers it */
extern NkStatus nk_distribution_groups_add(NkTally *state,
										   const NkTally *distribution,
										   const int32_t *group);

typedef struct NkGroupValue
{
	int64_t		group;
	double		value;
	int64_t		count;
} NkGroupValue;

extern NkGroupValue nk_distribution_group(const NkTally *groups, size_t i);

/* all of them, as rank statistics read them */
static inline const NkGroupCount *
nk_distribution_groups(const NkTally *groups)
{
	return (const NkGroupCount *) groups->words;
}

#pragma GCC visibility pop

#endif							/* NK_GROUPS_H */
