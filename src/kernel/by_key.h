/*
 * by_key.h - proportions of many units in one summary
 */
#ifndef NK_BY_KEY_H
#define NK_BY_KEY_H

#include "proportion.h"
#include "tally.h"

#pragma GCC visibility push(hidden)

/* a tally of one word and two counts: key -> n, events */
extern const NkSummaryKind nk_proportion_by_key_kind;

/* count one child; the state must not be full */
extern NkStatus nk_proportion_by_key_add(NkTally *state, int32_t key,
										 bool event);

typedef struct NkKeyedProportion
{
	int32_t		key;
	int64_t		n;
	int64_t		events;
} NkKeyedProportion;

/* entry i of the canonical form, which is sorted by key */
extern NkKeyedProportion nk_keyed_proportion(const NkTally *by_key, size_t i);

#pragma GCC visibility pop

#endif							/* NK_BY_KEY_H */
