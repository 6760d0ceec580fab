/*
 * distribution_groups.c - distributions of several groups, as the state of an
 * aggregate over them
 *
 * Groups without a name are numbered as they come, and numbered anew where two
 * states meet.  Which number a group has therefore depends on the plan, and no
 * statistic may depend on it; the canonical form puts the groups into an order
 * that follows from their contents alone.
 */
#include "groups.h"

#define GROUP_BITS	24			/* at most so many bits of groups */

static NkStatus
add_entry(NkTally *state, int64_t group, uint64_t value, int64_t count)
{
	uint64_t	key[] = {nk_word_of_int64(group), value};
	int64_t    *counts = nk_tally_counts(state, key);

	return nk_add(*counts, count, counts) ? NK_OK : NK_OVERFLOW;
}

NkStatus
nk_distribution_groups_add(NkTally *state, const NkTally *distribution,
						   const int32_t *group)
{
	bool		numbered = group == NULL;
	int64_t		number = numbered ? state->aside : *group;
	NkStatus	status;

	/* a group of nobody is none */
	if (distribution->header.rows == 0)
		return NK_OK;
	status = nk_tally_set(state, numbered ? NK_NUMBERED_GROUPS :
						  NK_ORDERED_GROUPS);
	if (status != NK_OK)
		return status;
	if (numbered)
		state->aside++;
	if (state->aside > (int64_t) 1 << GROUP_BITS)
		return NK_TOO_LARGE;
	if (!nk_add(state->n, distribution->n, &state->n))
		return NK_OVERFLOW;
	for (size_t i = 0; i < distribution->header.rows; i++)
	{
		const uint64_t *entry = nk_tally_entry(distribution, i);

		if (i % 4096 == 0)
			nk_check_interrupts();
		status = add_entry(state, number, entry[0], (int64_t) entry[1]);
		if (status != NK_OK)
			return status;
	}
	return NK_OK;
}

NkGroupValue
nk_distribution_group(const NkTally *groups, size_t i)
{
	const uint64_t *entry = nk_tally_entry(groups, i);

	return (NkGroupValue) {
		nk_int64_of_word(entry[0]), nk_double_of_word(entry[1]),
		(int64_t) entry[2]
	};
}

static NkStatus
distribution_groups_merge(NkSummary *into, const NkSummary *from)
{
	NkTally    *a = (NkTally *) into;
	const NkTally *b = (const NkTally *) from;
	size_t		places = nk_tally_places(b);
	int64_t		before = a->aside;

	if (b->setting != NK_NUMBERED_GROUPS)
		return nk_tally_merge(into, from);
	if (nk_tally_set(a, b->setting) != NK_OK)
		return NK_SETTING_DIFFERS;
	a->aside += b->aside;
	if (a->aside > (int64_t) 1 << GROUP_BITS)
		return NK_TOO_LARGE;
	if (!nk_add(a->n, b->n, &a->n))
		return NK_OVERFLOW;
	for (size_t i = 0; i < places; i++)
	{
		NkGroupValue entry = nk_distribution_group(b, i);

		if (i % 4096 == 0)
			nk_check_interrupts();
		/* what is added up is of one group */
		if (entry.count > 0)
			add_entry(a, before + entry.group, nk_tally_entry(b, i)[1],
					  entry.count);
	}
	return NK_OK;
}

/*
 * Put numbered groups into the order of a hash of their contents.  Groups with
 * the same contents may stand in either order; those that only share a hash
 * (40 bits) stand as they came, which shows in the bytes and in no statistic.
 */
static void
order_groups(NkTally *groups)
{
	size_t		entries = groups->header.rows;
	uint64_t   *words = groups->words;
	uint64_t	number = 0;

	for (size_t start = 0, end; start < entries; start = end)
	{
		uint64_t	group = words[start * 3];
		uint64_t	hash = 0;

		nk_check_interrupts();
		for (end = start; end < entries && words[end * 3] == group; end++)
			for (int k = 1; k < 3; k++)
			{
				hash = (hash ^ words[end * 3 + k]) * 0xFF51AFD7ED558CCD;
				hash ^= hash >> 32;
			}
		hash = hash >> GROUP_BITS << GROUP_BITS | number++;
		for (size_t i = start; i < end; i++)
			words[i * 3] = hash;
	}
	nk_sort_entries(words, entries, 3, 2);
	number = 0;
	for (size_t start = 0, end; start < entries; start = end)
	{
		uint64_t	hash = words[start * 3];

		for (end = start; end < entries && words[end * 3] == hash; end++)
			words[end * 3] = nk_word_of_int64((int64_t) number);
		number++;
	}
}

static void
distribution_groups_canonicalise(const NkSummary *state, NkSummary *block)
{
	nk_tally_canonicalise(state, block);
	if (((const NkTally *) state)->setting == NK_NUMBERED_GROUPS)
		order_groups((NkTally *) block);
}

static NkStatus
check_entry(const NkTally *tally, const uint64_t *entry)
{
	int64_t		group = nk_int64_of_word(entry[0]);

	if (!nk_word_is_number(entry[1]))
		return NK_BAD_SUMMARY;
	if (tally->setting == NK_NUMBERED_GROUPS)
		return group >= 0 && group < tally->aside ? NK_OK : NK_BAD_SUMMARY;
	return tally->setting == NK_ORDERED_GROUPS && group >= INT32_MIN &&
		group <= INT32_MAX ? NK_OK : NK_BAD_SUMMARY;
}

static NkStatus
distribution_groups_validate(const NkSummary *summary)
{
	const NkTally *tally = (const NkTally *) summary;

	/* a group has at least one entry, and only numbered ones are counted */
	if (tally->aside > (int64_t) tally->header.rows + tally->waiting ||
		tally->aside > (int64_t) 1 << GROUP_BITS ||
		(tally->setting != NK_NUMBERED_GROUPS && tally->aside > 0))
		return NK_BAD_SUMMARY;
	return nk_tally_validate(summary, 2, 1, check_entry);
}

/* groups without a name cannot be told apart, so none can be taken away */
static NkStatus
distribution_groups_subtract(NkSummary *from, const NkSummary *part)
{
	if (((NkTally *) from)->setting == NK_NUMBERED_GROUPS && part->rows > 0)
		return NK_NOT_CONTAINED;
	return nk_tally_subtract(from, part);
}

static NkStatus
entry_fields(NkPort *port, const NkTally *tally, uint64_t *entry)
{
	(void) tally;
	nk_word_integer(port, "group", &entry[0]);
	nk_word_number(port, "value", &entry[1]);
	nk_word_count(port, "count", &entry[2]);
	return NK_OK;
}

/* 0: nothing yet, 1: groups without a name, 2: groups in the user's order */
static NkStatus
distribution_groups_exchange(NkSummary *summary, NkPort *port)
{
	NkTally    *tally = (NkTally *) summary;
	int64_t		form = (int64_t) tally->setting;

	port->count(port, "ordered", &form);
	port->count(port, "groups", &tally->aside);
	if (form < 0 || form > NK_ORDERED_GROUPS)
		return NK_BAD_SUMMARY;
	tally->setting = (double) form;
	return nk_tally_exchange(tally, port, "values", entry_fields);
}

static const NkGrowth growth = {
	.size = nk_tally_size,
	.room = nk_tally_room,
	.rebuild = nk_tally_rebuild,
	.canonical_size = nk_tally_canonical_size,
	.canonicalise = distribution_groups_canonicalise
};

const NkSummaryKind nk_distribution_groups_kind = {
	.name = "distribution_groups",
	.code = 13,
	.rows = 0,
	.columns = 2,
	.size = sizeof(NkTally),
	.growth = &growth,
	.init = nk_tally_init_one,
	.n = nk_tally_n,
	.validate = distribution_groups_validate,
	.merge = distribution_groups_merge,
	.subtract = distribution_groups_subtract,
	.exchange = distribution_groups_exchange
};
