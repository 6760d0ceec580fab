/*
 * test_by_key.c - proportions of many units in one summary
 *
 * What all kinds promise is tried in test_summary.
 */
#include "by_key.h"
#include "summaries.h"

static void
test_count(void)
{
	static const int32_t keys[] = {7, -3, INT32_MAX, 7, INT32_MIN, 7, -3};
	NkTally    *state = calloc(1, 4096);
	NkTally    *form = calloc(1, 4096);
	NkKeyedProportion keyed;

	nk_summary_init(&state->header, &nk_proportion_by_key_kind);
	state->slots = 16;
	for (int i = 0; i < 7; i++)
		CHECK(nk_proportion_by_key_add(state, keys[i], i % 2) == NK_OK);
	nk_tally_canonicalise(&state->header, &form->header);
	CHECK(form->header.rows == 4 && form->n == 7);
	CHECK(nk_keyed_proportion(form, 0).key == INT32_MIN);
	CHECK(nk_keyed_proportion(form, 3).key == INT32_MAX);
	keyed = nk_keyed_proportion(form, 1);
	CHECK(keyed.key == -3 && keyed.n == 2 && keyed.events == 1);
	keyed = nk_keyed_proportion(form, 2);
	CHECK(keyed.key == 7 && keyed.n == 3 && keyed.events == 2);

	/* a key that no integer is, and more events than children */
	form->words[0] = nk_word_of_int64((int64_t) INT32_MIN - 1);
	CHECK(nk_proportion_by_key_kind.validate(&form->header) ==
		  NK_BAD_SUMMARY);
	form->words[0] = nk_word_of_int64(INT32_MIN);
	CHECK(nk_proportion_by_key_kind.validate(&form->header) == NK_OK);
	form->words[2] = 2;
	CHECK(nk_proportion_by_key_kind.validate(&form->header) ==
		  NK_TOO_MANY_EVENTS);

	state->n = INT64_MAX;
	CHECK(nk_proportion_by_key_add(state, 1, true) == NK_OVERFLOW);
	free(state);
	free(form);
}

int
main(void)
{
	test_count();
	return unit_report();
}
