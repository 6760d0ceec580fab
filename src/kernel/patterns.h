/*
 * patterns.h - the summary of many yes-or-no items: how often each response
 * pattern was seen
 */
#ifndef NK_PATTERNS_H
#define NK_PATTERNS_H

#include "tally.h"

#pragma GCC visibility push(hidden)

#define NK_ITEMS			63	/* bits 0 to 62 of a mask */

/*
 * A tally of two words a key, which items were observed and which of those
 * were present, and one count.  So patterns with the same items observed
 * follow each other.
 */
extern const NkSummaryKind nk_patterns_kind;

/*
 * Count so many children with one pattern, in a state that is not full.  An
 * item that is present without having been observed is not present.
 * NK_BAD_MASK for a negative mask, NK_NEGATIVE_COUNT, NK_OVERFLOW.
 */
extern NkStatus nk_patterns_add(NkTally *state, int64_t present,
								int64_t observed, int64_t count);

/*
 * Observe these items only, in a canonical form, in place: patterns that do
 * not differ any more become one, so that it may shrink.  NK_BAD_MASK.
 */
extern NkStatus nk_patterns_select(NkTally *patterns, int64_t items);

typedef struct NkItemCount
{
	int64_t		n;				/* children of whom the item was observed */
	int64_t		present;		/* those of them who have it */
} NkItemCount;

/* Each item for itself, of a canonical form. */
extern void nk_patterns_items(const NkTally *patterns,
							  NkItemCount counts[NK_ITEMS]);

static inline int64_t
nk_pattern_observed(const NkTally *patterns, size_t i)
{
	return (int64_t) nk_tally_entry(patterns, i)[0];
}

static inline int64_t
nk_pattern_present(const NkTally *patterns, size_t i)
{
	return (int64_t) nk_tally_entry(patterns, i)[1];
}

static inline int64_t
nk_pattern_count(const NkTally *patterns, size_t i)
{
	return (int64_t) nk_tally_entry(patterns, i)[2];
}

#pragma GCC visibility pop

#endif							/* NK_PATTERNS_H */
