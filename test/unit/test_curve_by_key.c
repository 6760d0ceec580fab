/*
 * test_curve_by_key.c - age curves of many units in one summary
 *
 * What all kinds promise is tried in test_summary.
 */
#include "curve_by_key.h"
#include "summaries.h"

#define KEYS	5
#define SLOTS	8

static size_t
block(size_t places)
{
	return sizeof(NkTally) + places * (2 + NK_CURVE_PLACES) * sizeof(uint64_t);
}

/* the same children into one state and into a curve for each key */
static void
test_spread(void)
{
	static const int32_t keys[KEYS] = {INT32_MIN, -3, 0, 7, INT32_MAX};
	NkTally    *state = calloc(1, block(SLOTS));
	NkTally    *form = calloc(1, block(SLOTS));
	NkAgeCurve	apart[KEYS];
	int64_t		n = 0;
	bool		same = true;

	nk_summary_init(&state->header, &nk_age_curve_by_key_kind);
	state->slots = SLOTS;
	for (int k = 0; k < KEYS; k++)
		apart[k] = make_curve();
	for (int i = 0; i < 5000; i++)
	{
		int			k = (int) random_count(KEYS - 1);
		int			place = (int) random_count(NK_CURVE_PLACES - 1);

		(&apart[k].n_outside)[place]++;
		if (nk_age_curve_by_key_add(state, keys[k], place) != NK_OK)
			same = false;
	}
	for (int k = 0; k < KEYS; k++)
		n += nk_age_curve_n(&apart[k]);
	CHECK(same && state->n == 5000 && state->header.rows == KEYS);
	CHECK(nk_age_curve_by_key_kind.n(&state->header) == n);
	nk_tally_canonicalise(&state->header, &form->header);
	CHECK(nk_age_curve_by_key_kind.validate(&form->header) == NK_OK);
	CHECK(nk_age_curve_by_key_kind.n(&form->header) == n);
	for (int k = 0; k < KEYS; k++)
	{
		NkAgeCurve	curve = make_curve();

		same &= nk_keyed_curve(form, (size_t) k, &curve) == keys[k] &&
			memcmp(&curve, &apart[k], sizeof(curve)) == 0;
	}
	CHECK(same);
	free(state);
	free(form);
}

static void
test_contents(void)
{
	const NkSummaryKind *kind = &nk_age_curve_by_key_kind;
	NkTally    *state = calloc(1, block(SLOTS));
	NkTally    *form = calloc(1, block(SLOTS));

	nk_summary_init(&state->header, kind);
	state->slots = SLOTS;
	nk_age_curve_by_key_add(state, 7, NK_PLACE_OUTSIDE);
	nk_age_curve_by_key_add(state, 7, NK_CURVE_PLACES - 1);
	nk_tally_canonicalise(&state->header, &form->header);
	CHECK(kind->validate(&form->header) == NK_OK);
	CHECK(kind->n(&form->header) == 1);

	/* a key that no integer is */
	form->words[0] = nk_word_of_int64((int64_t) INT32_MIN - 1);
	CHECK(kind->validate(&form->header) == NK_BAD_SUMMARY);
	form->words[0] = nk_word_of_int64((int64_t) INT32_MAX + 1);
	CHECK(kind->validate(&form->header) == NK_BAD_SUMMARY);
	form->words[0] = nk_word_of_int64(INT32_MAX);
	CHECK(kind->validate(&form->header) == NK_OK);

	/* children that are in no place, or in two; below zero; too many */
	form->words[5] = 1;
	CHECK(kind->validate(&form->header) == NK_BAD_SUMMARY);
	form->words[5] = (uint64_t) -1;
	CHECK(kind->validate(&form->header) == NK_NEGATIVE_COUNT);
	form->words[5] = INT64_MAX;
	CHECK(kind->validate(&form->header) == NK_OVERFLOW);
	form->words[5] = 0;
	form->words[2]--;
	CHECK(kind->validate(&form->header) == NK_BAD_SUMMARY);

	state->n = INT64_MAX;
	CHECK(nk_age_curve_by_key_add(state, 1, 0) == NK_OVERFLOW);
	free(state);
	free(form);
}

int
main(void)
{
	test_spread();
	test_contents();
	return unit_report();
}
