/*
 * standardise.h - proportions of groups, weighted as in another population
 */
#ifndef NK_STANDARDISE_H
#define NK_STANDARDISE_H

#include "event_count.h"
#include "groups.h"

#pragma GCC visibility push(hidden)

/*
 * Scores are weights.  NK_BAD_WEIGHT; NK_EMPTY: a group with a weight has no
 * children; NK_TOO_FEW: fewer than ten events.
 */
extern NkStatus nk_direct_standardise(const NkScoredProportion *groups,
									  size_t count, double conf_level,
									  NkInterval *result);

/*
 * Scores are the reference's proportions: observed over expected events.
 * NK_BAD_PROBABILITY; NK_EMPTY: no children; NK_ZERO_MARGIN: none expected.
 */
extern NkStatus nk_indirect_standardise(const NkScoredProportion *groups,
										size_t count, double conf_level,
										NkInterval *result,
										NkCountMethod *method_used);

#pragma GCC visibility pop

#endif							/* NK_STANDARDISE_H */
