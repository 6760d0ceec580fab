/*
 * curve_by_key.h - age curves of many units in one summary
 */
#ifndef NK_CURVE_BY_KEY_H
#define NK_CURVE_BY_KEY_H

#include "curve.h"
#include "tally.h"

#pragma GCC visibility push(hidden)

/*
 * A tally of one word: key -> children, then the counts of an NkAgeCurve from
 * n_outside on.  Every child of a key is in exactly one of those.
 */
extern const NkSummaryKind nk_age_curve_by_key_kind;

/* count one child in that place of its key's curve; the state is not full */
extern NkStatus nk_age_curve_by_key_add(NkTally *state, int32_t key,
										int place);

/*
 * Entry i of the canonical form, which is sorted by key: its key, and its
 * curve into one whose header the caller has made.
 */
extern int32_t nk_keyed_curve(const NkTally *by_key, size_t i,
							  NkAgeCurve *curve);

#pragma GCC visibility pop

#endif							/* NK_CURVE_BY_KEY_H */
