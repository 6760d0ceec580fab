/*
 * groups.c - several groups, as the state of an aggregate over them
 */
#include "groups.h"

static inline uint64_t
word(int64_t value)
{
	return nk_word_of_int64(value);
}

static inline int64_t
integer(uint64_t of)
{
	return nk_int64_of_word(of);
}

/* one more group with these numbers */
static NkStatus
add_group(NkTally *state, const uint64_t *key)
{
	return nk_tally_add_one(state, key) != NULL ? NK_OK : NK_OVERFLOW;
}

static NkStatus
check_events(uint64_t n, uint64_t events)
{
	if (integer(n) < 0 || integer(events) < 0)
		return NK_NEGATIVE_COUNT;
	return integer(events) > integer(n) ? NK_TOO_MANY_EVENTS : NK_OK;
}

/* a level, or none yet */
static NkStatus
check_level(const NkSummary *summary)
{
	double		level = ((const NkTally *) summary)->setting;

	return level == 0 || (level > 0 && level < 1) ? NK_OK : NK_BAD_CONF_LEVEL;
}

/* --------------------------------------------------- proportions and scores */

NkStatus
nk_proportion_groups_add(NkTally *state, double score, const NkProportion *p)
{
	uint64_t	key[] = {
		nk_word_of_double(score), word(p->n), word(p->events)
	};

	return isfinite(score) ? add_group(state, key) : NK_BAD_SCORE;
}

NkScoredProportion
nk_proportion_group(const NkTally *groups, size_t i)
{
	const uint64_t *entry = nk_tally_entry(groups, i);

	return (NkScoredProportion) {
		nk_double_of_word(entry[0]), integer(entry[1]), integer(entry[2]),
		(int64_t) entry[3]
	};
}

static NkStatus
check_proportion(const NkTally *tally, const uint64_t *entry)
{
	(void) tally;
	if (!nk_word_is_number(entry[0]))
		return NK_BAD_SUMMARY;
	return check_events(entry[1], entry[2]);
}

static NkStatus
proportion_groups_validate(const NkSummary *summary)
{
	NkStatus	status = check_level(summary);

	return status == NK_OK ?
		nk_tally_validate(summary, 3, 1, check_proportion) : status;
}

static NkStatus
proportion_fields(NkPort *port, const NkTally *tally, uint64_t *entry)
{
	(void) tally;
	nk_word_number(port, "score", &entry[0]);
	nk_word_integer(port, "n", &entry[1]);
	nk_word_integer(port, "events", &entry[2]);
	nk_word_count(port, "times", &entry[3]);
	return NK_OK;
}

static NkStatus
proportion_groups_exchange(NkSummary *summary, NkPort *port)
{
	NkTally    *tally = (NkTally *) summary;

	port->number(port, "conf_level", &tally->setting);
	return nk_tally_exchange(tally, port, "groups", proportion_fields);
}

const NkSummaryKind nk_proportion_groups_kind = {
	.name = "proportion_groups",
	.code = 10,
	.rows = 0,
	.columns = 3,
	.size = sizeof(NkTally),
	.growth = &nk_tally_growth,
	.init = nk_tally_init_one,
	.n = nk_tally_n,
	.validate = proportion_groups_validate,
	.merge = nk_tally_merge,
	.subtract = nk_tally_subtract,
	.exchange = proportion_groups_exchange
};

/* ----------------------------------------------------------------- strata */

NkStatus
nk_proportion_strata_add(NkTally *state, const NkProportion *a,
						 const NkProportion *b)
{
	uint64_t	key[] = {
		word(a->n), word(a->events), word(b->n), word(b->events)
	};

	return add_group(state, key);
}

NkStratum
nk_proportion_stratum(const NkTally *strata, size_t i)
{
	const uint64_t *entry = nk_tally_entry(strata, i);

	return (NkStratum) {
		integer(entry[0]), integer(entry[1]), integer(entry[2]),
		integer(entry[3]), (int64_t) entry[4]
	};
}

static NkStatus
check_stratum(const NkTally *tally, const uint64_t *entry)
{
	NkStatus	status = check_events(entry[0], entry[1]);

	(void) tally;
	return status == NK_OK ? check_events(entry[2], entry[3]) : status;
}

static NkStatus
proportion_strata_validate(const NkSummary *summary)
{
	NkStatus	status = check_level(summary);

	return status == NK_OK ?
		nk_tally_validate(summary, 4, 1, check_stratum) : status;
}

static NkStatus
stratum_fields(NkPort *port, const NkTally *tally, uint64_t *entry)
{
	static const char *const names[] = {"n_a", "events_a", "n_b", "events_b"};

	(void) tally;
	for (int i = 0; i < 4; i++)
		nk_word_integer(port, names[i], &entry[i]);
	nk_word_count(port, "times", &entry[4]);
	return NK_OK;
}

static NkStatus
proportion_strata_exchange(NkSummary *summary, NkPort *port)
{
	NkTally    *tally = (NkTally *) summary;

	port->number(port, "conf_level", &tally->setting);
	return nk_tally_exchange(tally, port, "strata", stratum_fields);
}

const NkSummaryKind nk_proportion_strata_kind = {
	.name = "proportion_strata",
	.code = 11,
	.rows = 0,
	.columns = 4,
	.size = sizeof(NkTally),
	.growth = &nk_tally_growth,
	.init = nk_tally_init_one,
	.n = nk_tally_n,
	.validate = proportion_strata_validate,
	.merge = nk_tally_merge,
	.subtract = nk_tally_subtract,
	.exchange = proportion_strata_exchange
};
