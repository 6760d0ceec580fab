/*
 * test_patterns.c - response patterns counted, and some of their items chosen
 *
 * What all kinds promise is tried in test_summary.
 */
#include "patterns.h"
#include "summaries.h"

#define ROOM	4096

static NkTally *
new_state(void)
{
	NkTally    *state = calloc(1, ROOM);

	nk_summary_init(&state->header, &nk_patterns_kind);
	state->slots = 64;
	return state;
}

static NkTally *
canonical(NkTally *state)
{
	NkTally    *form = calloc(1, ROOM);

	nk_tally_canonicalise(&state->header, &form->header);
	free(state);
	return form;
}

static NkStatus
validate(const NkTally *form)
{
	return nk_summary_validate(&form->header, nk_tally_size(&form->header),
							   &nk_patterns_kind);
}

static bool
is_pattern(const NkTally *form, size_t i, int64_t observed, int64_t present,
		   int64_t count)
{
	return nk_pattern_observed(form, i) == observed &&
		nk_pattern_present(form, i) == present &&
		nk_pattern_count(form, i) == count;
}

static void
test_count(void)
{
	NkTally    *state = new_state();
	NkTally    *form;

	CHECK(nk_patterns_add(state, 5, 7, 2) == NK_OK);
	CHECK(nk_patterns_add(state, 13, 7, 3) == NK_OK);	/* 8 is not observed */
	CHECK(nk_patterns_add(state, 5, 13, 1) == NK_OK);
	CHECK(nk_patterns_add(state, 0, 0, 4) == NK_OK);	/* nothing is known */
	CHECK(nk_patterns_add(state, INT64_MAX, 0, 1) == NK_OK);
	CHECK(nk_patterns_add(state, INT64_MAX, INT64_MAX, 1) == NK_OK);
	CHECK(nk_patterns_add(state, 1, 7, 0) == NK_OK);	/* nobody */
	CHECK(nk_patterns_add(state, -1, 7, 1) == NK_BAD_MASK);
	CHECK(nk_patterns_add(state, 7, -1, 1) == NK_BAD_MASK);
	CHECK(nk_patterns_add(state, 7, 7, -1) == NK_NEGATIVE_COUNT);

	form = canonical(state);
	CHECK(validate(form) == NK_OK);
	CHECK(form->header.rows == 4 && form->n == 12);
	CHECK(is_pattern(form, 0, 0, 0, 5));
	CHECK(is_pattern(form, 1, 7, 5, 5));
	CHECK(is_pattern(form, 2, 13, 5, 1));
	CHECK(is_pattern(form, 3, INT64_MAX, INT64_MAX, 1));
	free(form);

	/* what is left in the state then is undefined */
	state = new_state();
	CHECK(nk_patterns_add(state, 7, 7, INT64_MAX) == NK_OK);
	CHECK(nk_patterns_add(state, 1, 7, 1) == NK_OVERFLOW);
	free(state);
}

/* what no data can produce */
static void
test_refused(void)
{
	NkTally    *state = new_state();
	NkTally    *form;

	nk_patterns_add(state, 4, 7, 2);
	nk_patterns_add(state, 5, 7, 2);
	form = canonical(state);
	CHECK(validate(form) == NK_OK);
	form->words[1] = 8;
	form->words[4] = 9;
	CHECK(validate(form) == NK_BAD_SUMMARY);	/* present, not observed */
	form->words[1] = 4;
	form->words[4] = 5;
	form->words[3] = (uint64_t) INT64_MAX + 1;
	CHECK(validate(form) == NK_BAD_MASK);
	form->words[3] = 7;
	CHECK(validate(form) == NK_OK);
	form->aside = 1;
	CHECK(validate(form) == NK_BAD_SUMMARY);
	form->aside = 0;
	form->setting = 1;
	CHECK(validate(form) == NK_BAD_SUMMARY);
	free(form);
}

static void
test_select(void)
{
	NkTally    *state = new_state();
	NkTally    *form;

	nk_patterns_add(state, 1, 7, 1);
	nk_patterns_add(state, 5, 7, 2);
	nk_patterns_add(state, 2, 3, 4);
	nk_patterns_add(state, 4, 4, 8);
	nk_patterns_add(state, 3, 15, 16);
	form = canonical(state);

	CHECK(nk_patterns_select(form, -1) == NK_BAD_MASK);
	CHECK(nk_patterns_select(form, INT64_MAX) == NK_OK);
	CHECK(form->header.rows == 5 && form->n == 31);
	CHECK(nk_patterns_select(form, 3) == NK_OK && validate(form) == NK_OK);
	CHECK(form->header.rows == 4 && form->n == 31);
	CHECK(is_pattern(form, 0, 0, 0, 8));
	CHECK(is_pattern(form, 1, 3, 1, 3));
	CHECK(is_pattern(form, 2, 3, 2, 4));
	CHECK(is_pattern(form, 3, 3, 3, 16));
	CHECK(nk_patterns_select(form, 0) == NK_OK && validate(form) == NK_OK);
	CHECK(form->header.rows == 1 && is_pattern(form, 0, 0, 0, 31));
	CHECK(nk_patterns_select(form, 0) == NK_OK && form->header.rows == 1);
	free(form);
}

/* an item is counted where it was observed, with all children of a pattern */
static void
test_items(void)
{
	NkTally    *state = new_state();
	NkTally    *form;
	NkItemCount counts[NK_ITEMS];

	form = canonical(state);
	nk_patterns_items(form, counts);
	CHECK(counts[0].n == 0 && counts[62].present == 0);
	free(form);

	state = new_state();
	nk_patterns_add(state, 5, 7, 2);
	nk_patterns_add(state, 1, 1, 3);
	nk_patterns_add(state, 0, 0, 4);
	nk_patterns_add(state, INT64_MAX, INT64_MAX, INT64_MAX - 9);
	form = canonical(state);
	nk_patterns_items(form, counts);
	CHECK(counts[0].n == INT64_MAX - 4 && counts[0].present == INT64_MAX - 4);
	CHECK(counts[1].n == INT64_MAX - 7 && counts[1].present == INT64_MAX - 9);
	CHECK(counts[2].n == INT64_MAX - 7 && counts[2].present == INT64_MAX - 7);
	CHECK(counts[62].n == INT64_MAX - 9 && counts[62].present == INT64_MAX - 9);
	free(form);
}

/* choosing commutes with merging */
static void
test_select_random(void)
{
	bool		same = true;

	for (int i = 0; i < 300; i++)
	{
		int64_t		items = random_count(63);
		NkTally    *all = new_state();
		NkTally    *few = new_state();
		NkTally    *a;
		NkTally    *b;

		for (uint64_t rows = random_bits() % 40; rows > 0; rows--)
		{
			int64_t		present = random_count(63);
			int64_t		observed = random_bits() % 3 ? 63 : random_count(63);

			nk_patterns_add(all, present, observed, 1);
			nk_patterns_add(few, present, observed & items, 1);
		}
		a = canonical(all);
		b = canonical(few);
		nk_patterns_select(a, items);
		same &= validate(a) == NK_OK && a->n == b->n &&
			a->header.rows == b->header.rows &&
			memcmp(a->words, b->words, a->header.rows * 24) == 0;
		free(a);
		free(b);
	}
	CHECK(same);
}

int
main(void)
{
	test_count();
	test_refused();
	test_select();
	test_select_random();
	test_items();
	return unit_report();
}
