/*
 * by_key.c - proportions of many units in one summary
 *
 * Where every unit is asked the same question, one state that holds all units
 * costs less than a group for each: the rows need not be sorted or hashed by
 * the executor, and there is one call a row.
 */
#include "by_key.h"

NkStatus
nk_proportion_by_key_add(NkTally *state, int32_t key, bool event)
{
	uint64_t	word = nk_word_of_int64(key);
	int64_t    *counts = nk_tally_add_one(state, &word);

	if (counts == NULL)
		return NK_OVERFLOW;
	counts[1] += event;
	return NK_OK;
}

NkKeyedProportion
nk_keyed_proportion(const NkTally *by_key, size_t i)
{
	const uint64_t *entry = nk_tally_entry(by_key, i);

	return (NkKeyedProportion) {
		(int32_t) nk_int64_of_word(entry[0]), (int64_t) entry[1],
		(int64_t) entry[2]
	};
}

static NkStatus
check_entry(const NkTally *tally, const uint64_t *entry)
{
	int64_t		key = nk_int64_of_word(entry[0]);

	if (nk_tally_count(tally, entry, 1) > nk_tally_count(tally, entry, 0))
		return NK_TOO_MANY_EVENTS;
	return key >= INT32_MIN && key <= INT32_MAX ? NK_OK : NK_BAD_SUMMARY;
}

static NkStatus
by_key_validate(const NkSummary *summary)
{
	return nk_tally_validate(summary, 1, 2, check_entry);
}

/* a rest must have events among its children */
static NkStatus
by_key_subtract(NkSummary *from, const NkSummary *part)
{
	NkStatus	status = nk_tally_subtract(from, part);

	if (status == NK_OK && by_key_validate(from) != NK_OK)
		return NK_NOT_CONTAINED;
	return status;
}

static NkStatus
entry_fields(NkPort *port, const NkTally *tally, uint64_t *entry)
{
	(void) tally;
	nk_word_integer(port, "key", &entry[0]);
	nk_word_count(port, "n", &entry[1]);
	nk_word_count(port, "events", &entry[2]);
	return NK_OK;
}

static NkStatus
by_key_exchange(NkSummary *summary, NkPort *port)
{
	return nk_tally_exchange((NkTally *) summary, port, "keys", entry_fields);
}

const NkSummaryKind nk_proportion_by_key_kind = {
	.name = "proportion_by_key",
	.code = 14,
	.rows = 0,
	.columns = 1,
	.size = sizeof(NkTally),
	.growth = &nk_tally_growth,
	.init = nk_tally_init_two,
	.n = nk_tally_n,
	.validate = by_key_validate,
	.merge = nk_tally_merge,
	.subtract = by_key_subtract,
	.exchange = by_key_exchange
};
