/*
 * distribution.h - the summary of a number: how often each value was seen
 */
#ifndef NK_DISTRIBUTION_H
#define NK_DISTRIBUTION_H

#include "tally.h"
#include "values.h"

#pragma GCC visibility push(hidden)

/* a tally of one word and one count: value -> how many */
extern const NkSummaryKind nk_distribution_kind;

/* count one value; the state must not be full */
static inline NkStatus
nk_distribution_add(NkTally *state, double value, int64_t times)
{
	uint64_t	key;

	/* infinite values and NaN are counted apart */
	if (!isfinite(value))
		return nk_add(state->aside, times, &state->aside) ?
			NK_OK : NK_OVERFLOW;
	if (!nk_add(state->n, times, &state->n))
		return NK_OVERFLOW;
	key = nk_word_of_double(value);
	*nk_tally_counts(state, &key) += times;
	return NK_OK;
}

/* one entry of the canonical form, which is sorted by value */
typedef struct NkValueCount
{
	double		value;
	int64_t		count;
} NkValueCount;

static inline NkValueCount
nk_distribution_entry(const NkTally *distribution, size_t i)
{
	const uint64_t *entry = nk_tally_entry(distribution, i);

	return (NkValueCount) {
		nk_double_of_word(entry[0]), (int64_t) entry[1]
	};
}

/* all entries of the canonical form, as rank statistics read them */
static inline NkValues
nk_distribution_values(const NkTally *distribution)
{
	return (NkValues) {
		(const NkWordCount *) distribution->words, distribution->header.rows,
		distribution->n
	};
}

#pragma GCC visibility pop

#endif							/* NK_DISTRIBUTION_H */
