/*
 * moments_groups.c - several means, as the state of an aggregate over them
 *
 * A group is kept as analysis of variance needs it: its mean as a pair of
 * doubles, and its spread (root mean squared distance from the mean), which
 * unlike a sum of squares is in the range of doubles where the values are.
 */
#include "moments_groups.h"

NkStatus
nk_moments_groups_add(NkTally *state, const NkMoments *m)
{
	NkPair		mean = nk_moments_mean_pair(m);
	int			exponent;
	double		spread = nk_moments_spread(m, &exponent);
	uint64_t	key[4];

	if (m->n == 0)
		return NK_OK;
	key[0] = nk_word_of_int64(m->n);
	key[1] = nk_word_of_double(mean.high);
	key[2] = nk_word_of_double(mean.low);
	/* values that differ have a spread, be it the least there is */
	key[3] = nk_word_of_double(spread > 0 ? fmax(ldexp(spread, exponent),
												 0x1p-1074) : 0);
	return nk_tally_add_one(state, key) != NULL ? NK_OK : NK_OVERFLOW;
}

static NkMeanGroup
group_of(const NkTally *tally, const uint64_t *entry)
{
	return (NkMeanGroup) {
		.n = nk_int64_of_word(entry[0]),
		.mean = {nk_double_of_word(entry[1]), nk_double_of_word(entry[2])},
		.spread = nk_double_of_word(entry[3]),
		.times = nk_tally_count(tally, entry, 0)
	};
}

NkMeanGroup
nk_moments_group(const NkTally *groups, size_t i)
{
	return group_of(groups, nk_tally_entry(groups, i));
}

static NkStatus
check_group(const NkTally *tally, const uint64_t *entry)
{
	NkMeanGroup g = group_of(tally, entry);

	for (int i = 1; i < 4; i++)
		if (!nk_word_is_number(entry[i]))
			return NK_BAD_SUMMARY;
	/* the low part of a pair is too small to change the high one */
	if (g.n < 1 || g.mean.high + g.mean.low != g.mean.high ||
		g.spread < 0 || (g.n == 1 && g.spread > 0))
		return NK_BAD_SUMMARY;
	return NK_OK;
}

static NkStatus
moments_groups_validate(const NkSummary *summary)
{
	return nk_tally_validate(summary, 4, 1, check_group);
}

static NkStatus
group_fields(NkPort *port, const NkTally *tally, uint64_t *entry)
{
	(void) tally;
	nk_word_integer(port, "n", &entry[0]);
	nk_word_number(port, "mean", &entry[1]);
	nk_word_number(port, "mean_rest", &entry[2]);
	nk_word_number(port, "spread", &entry[3]);
	nk_word_count(port, "times", &entry[4]);
	return NK_OK;
}

static NkStatus
moments_groups_exchange(NkSummary *summary, NkPort *port)
{
	return nk_tally_exchange((NkTally *) summary, port, "groups",
							 group_fields);
}

const NkSummaryKind nk_moments_groups_kind = {
	.name = "moments_groups",
	.code = 12,
	.rows = 0,
	.columns = 4,
	.size = sizeof(NkTally),
	.growth = &nk_tally_growth,
	.init = nk_tally_init_one,
	.n = nk_tally_n,
	.validate = moments_groups_validate,
	.merge = nk_tally_merge,
	.subtract = nk_tally_subtract,
	.exchange = moments_groups_exchange
};
