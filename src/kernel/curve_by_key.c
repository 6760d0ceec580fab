/*
 * curve_by_key.c - age curves of many units in one summary
 *
 * The curve of a key lies whole beside it: counting a child touches two lines
 * of memory, and a curve is spread by copying it.  A key of (unit, age, facts)
 * with one count is 3 ns faster a row (11 against 13) and takes twice as much
 * memory and room in a table; one of (unit, age) with eight counts is slower.
 */
#include "curve_by_key.h"

#include <string.h>

#define COUNTS	(1 + NK_CURVE_PLACES)	/* the first: all children of a key */

_Static_assert(COUNTS <= NK_TALLY_COUNTS, "a tally has too few counts");

NkStatus
nk_age_curve_by_key_add(NkTally *state, int32_t key, int place)
{
	uint64_t	word = nk_word_of_int64(key);
	int64_t    *counts = nk_tally_add_one(state, &word);

	if (counts == NULL)
		return NK_OVERFLOW;
	counts[1 + place]++;
	return NK_OK;
}

static const int64_t *
places_of(const uint64_t *entry)
{
	return (const int64_t *) entry + 2;
}

int32_t
nk_keyed_curve(const NkTally *by_key, size_t i, NkAgeCurve *curve)
{
	const uint64_t *entry = nk_tally_entry(by_key, i);

	memcpy(&curve->n_outside, places_of(entry),
		   NK_CURVE_PLACES * sizeof(int64_t));
	return (int32_t) nk_int64_of_word(entry[0]);
}

/* children in points of the curves, as n of a curve counts them */
static int64_t
by_key_n(const NkSummary *summary)
{
	const NkTally *tally = (const NkTally *) summary;
	size_t		entries = nk_tally_places(tally);
	int64_t		n = tally->n;

	for (size_t i = 0; i < entries; i++)
	{
		const int64_t *places = places_of(nk_tally_entry(tally, i));

		if (i % 4096 == 0)
			nk_check_interrupts();
		n -= places[NK_PLACE_OUTSIDE] + places[NK_PLACE_INCOMPLETE];
	}
	return n;
}

/* the counts are not negative */
static NkStatus
check_entry(const NkTally *tally, const uint64_t *entry)
{
	int64_t		key = nk_int64_of_word(entry[0]);
	int64_t		sum = 0;

	for (int place = 0; place < NK_CURVE_PLACES; place++)
		if (!nk_add(sum, places_of(entry)[place], &sum))
			return NK_OVERFLOW;
	return sum == nk_tally_count(tally, entry, 0) &&
		key >= INT32_MIN && key <= INT32_MAX ? NK_OK : NK_BAD_SUMMARY;
}

static NkStatus
by_key_validate(const NkSummary *summary)
{
	return nk_tally_validate(summary, 1, COUNTS, check_entry);
}

/* the key, then what a curve of its own says */
static NkStatus
entry_fields(NkPort *port, const NkTally *tally, uint64_t *entry)
{
	NkAgeCurve	curve;
	uint64_t	children = 0;
	NkStatus	status;

	(void) tally;
	nk_summary_init(&curve.header, &nk_age_curve_kind);
	memcpy(&curve.n_outside, entry + 2, NK_CURVE_PLACES * sizeof(int64_t));
	nk_word_integer(port, "key", &entry[0]);
	status = nk_age_curve_kind.exchange(&curve.header, port);
	memcpy(entry + 2, &curve.n_outside, NK_CURVE_PLACES * sizeof(int64_t));

	/* a sum that does not fit is found by the validator */
	for (int place = 0; place < NK_CURVE_PLACES; place++)
		children += entry[2 + place];
	entry[1] = children;
	return status;
}

static NkStatus
by_key_exchange(NkSummary *summary, NkPort *port)
{
	return nk_tally_exchange((NkTally *) summary, port, "keys", entry_fields);
}

static void
by_key_init(NkSummary *summary)
{
	((NkTally *) summary)->counts = COUNTS;
}

const NkSummaryKind nk_age_curve_by_key_kind = {
	.name = "age_curve_by_key",
	.code = 15,
	.rows = 0,
	.columns = 1,
	.size = sizeof(NkTally),
	.growth = &nk_tally_growth,
	.init = by_key_init,
	.n = by_key_n,
	.validate = by_key_validate,
	.merge = nk_tally_merge,
	.subtract = nk_tally_subtract,
	.exchange = by_key_exchange
};
