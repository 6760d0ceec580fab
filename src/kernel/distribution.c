/*
 * distribution.c - the summary of a number: how often each value was seen
 *
 * Values that repeat (steps of a ladder, ages, days) take one entry each, so
 * that rank statistics are exact, need no order of the rows, and can be merged
 * and subtracted.
 */
#include "distribution.h"

static NkStatus
check_entry(const NkTally *tally, const uint64_t *entry)
{
	(void) tally;
	return nk_word_is_number(entry[0]) ? NK_OK : NK_BAD_SUMMARY;
}

static NkStatus
distribution_validate(const NkSummary *summary)
{
	return nk_tally_validate(summary, 1, 1, check_entry);
}

static NkStatus
entry_fields(NkPort *port, const NkTally *tally, uint64_t *entry)
{
	(void) tally;
	nk_word_number(port, "value", &entry[0]);
	nk_word_count(port, "count", &entry[1]);
	return NK_OK;
}

static NkStatus
distribution_exchange(NkSummary *summary, NkPort *port)
{
	NkTally    *tally = (NkTally *) summary;

	port->count(port, "n_not_finite", &tally->aside);
	return nk_tally_exchange(tally, port, "values", entry_fields);
}

const NkSummaryKind nk_distribution_kind = {
	.name = "distribution",
	.code = 7,
	.rows = 0,
	.columns = 1,
	.size = sizeof(NkTally),
	.growth = &nk_tally_growth,
	.init = nk_tally_init_one,
	.n = nk_tally_n,
	.validate = distribution_validate,
	.merge = nk_tally_merge,
	.subtract = nk_tally_subtract,
	.exchange = distribution_exchange
};
