/*
 * patterns.c - the summary of many yes-or-no items: how often each response
 * pattern was seen
 *
 * Children who answer alike are one entry, so what looks at every child many
 * times (a latent class model) looks at every pattern instead.  A child with
 * no item observed is counted, too: it is a child, of whom nothing is known.
 */
#include "patterns.h"

NkStatus
nk_patterns_add(NkTally *state, int64_t present, int64_t observed,
				int64_t count)
{
	uint64_t	key[2] = {(uint64_t) observed, (uint64_t) (present & observed)};

	if (present < 0 || observed < 0)
		return NK_BAD_MASK;
	if (count < 0)
		return NK_NEGATIVE_COUNT;
	/* an entry of nobody would be a free slot */
	if (count == 0)
		return NK_OK;
	if (!nk_add(state->n, count, &state->n))
		return NK_OVERFLOW;
	*nk_tally_counts(state, key) += count;
	return NK_OK;
}

/* of sorted entries, those of one key become one */
static void
add_up_repeated(NkTally *patterns)
{
	size_t		kept = 0;

	for (size_t i = 0; i < patterns->header.rows; i++)
	{
		const uint64_t *entry = nk_tally_entry(patterns, i);
		uint64_t   *last = patterns->words + kept * 3;

		if (i % 65536 == 0)
			nk_check_interrupts();
		if (kept > 0 && last[-3] == entry[0] && last[-2] == entry[1])
		{
			/* the sum of all fits, so each does */
			last[-1] += entry[2];
			continue;
		}
		for (int word = 0; word < 3; word++)
			last[word] = entry[word];
		kept++;
	}
	patterns->header.rows = (uint32_t) kept;
}

NkStatus
nk_patterns_select(NkTally *patterns, int64_t items)
{
	if (items < 0)
		return NK_BAD_MASK;
	for (size_t i = 0; i < patterns->header.rows; i++)
	{
		uint64_t   *entry = patterns->words + i * 3;

		if (i % 65536 == 0)
			nk_check_interrupts();
		entry[0] &= (uint64_t) items;
		entry[1] &= (uint64_t) items;
	}
	nk_sort_entries(patterns->words, patterns->header.rows, 3, 2);
	add_up_repeated(patterns);
	return NK_OK;
}

/* counts of one item are parts of the sum of all, which fits */
void
nk_patterns_items(const NkTally *patterns, NkItemCount counts[NK_ITEMS])
{
	for (int item = 0; item < NK_ITEMS; item++)
		counts[item] = (NkItemCount) {0, 0};
	for (size_t i = 0; i < patterns->header.rows; i++)
	{
		const uint64_t *entry = nk_tally_entry(patterns, i);

		if (i % 16384 == 0)
			nk_check_interrupts();
		for (int item = 0; item < NK_ITEMS; item++)
		{
			counts[item].n += (int64_t) (entry[2] * (entry[0] >> item & 1));
			counts[item].present += (int64_t) (entry[2] * (entry[1] >> item & 1));
		}
	}
}

static NkStatus
check_entry(const NkTally *tally, const uint64_t *entry)
{
	(void) tally;
	if (entry[0] > INT64_MAX || entry[1] > INT64_MAX)
		return NK_BAD_MASK;
	return (entry[1] & ~entry[0]) == 0 ? NK_OK : NK_BAD_SUMMARY;
}

static NkStatus
patterns_validate(const NkSummary *summary)
{
	const NkTally *tally = (const NkTally *) summary;

	/* what a kind does not use is 0: equal contents are equal bytes */
	if (tally->aside != 0 || tally->setting != 0)
		return NK_BAD_SUMMARY;
	return nk_tally_validate(summary, 2, 1, check_entry);
}

static NkStatus
entry_fields(NkPort *port, const NkTally *tally, uint64_t *entry)
{
	(void) tally;
	nk_word_count(port, "observed", &entry[0]);
	nk_word_count(port, "present", &entry[1]);
	nk_word_count(port, "count", &entry[2]);
	return NK_OK;
}

static NkStatus
patterns_exchange(NkSummary *summary, NkPort *port)
{
	return nk_tally_exchange((NkTally *) summary, port, "patterns",
							 entry_fields);
}

const NkSummaryKind nk_patterns_kind = {
	.name = "patterns",
	.code = 9,
	.rows = 0,
	.columns = 2,
	.size = sizeof(NkTally),
	.growth = &nk_tally_growth,
	.init = nk_tally_init_one,
	.n = nk_tally_n,
	.validate = patterns_validate,
	.merge = nk_tally_merge,
	.subtract = nk_tally_subtract,
	.exchange = patterns_exchange
};
