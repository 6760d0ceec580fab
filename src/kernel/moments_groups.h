/*
 * moments_groups.h - state of the aggregates over several means
 *
 * As in groups.h the state keeps the groups' numbers themselves, sorted.
 */
#ifndef NK_MOMENTS_GROUPS_H
#define NK_MOMENTS_GROUPS_H

#include "anova.h"
#include "moments.h"
#include "tally.h"

#pragma GCC visibility push(hidden)

/* (n, mean to 106 bits, spread) -> how many such groups */
extern const NkSummaryKind nk_moments_groups_kind;

/* a group without values is none; the state must not be full */
extern NkStatus nk_moments_groups_add(NkTally *state, const NkMoments *m);

/* entry i of the canonical form */
extern NkMeanGroup nk_moments_group(const NkTally *groups, size_t i);

#pragma GCC visibility pop

#endif							/* NK_MOMENTS_GROUPS_H */
