/*
 * test_tally.c - counting keys: growth, forms, and what the validator refuses
 *
 * What all kinds promise is tried in test_summary; here, on distribution.c, are
 * sizes beyond its few entries, and blocks that nobody could have made by
 * counting.
 */
#include "distribution.h"
#include "summaries.h"

/* count values as an aggregate does, growing as needed */
static NkTally *
count_values(size_t rows, double (*value) (size_t i))
{
	NkTally    *state = calloc(1, sizeof(NkTally));

	nk_summary_init(&state->header, &nk_distribution_kind);
	for (size_t i = 0; i < rows; i++)
	{
		if (nk_tally_is_full(state))
		{
			NkTally    *larger;
			size_t		size;

			if (nk_tally_room(&state->header, NULL, &size) != NK_OK ||
				size == 0)
				abort();
			larger = calloc(1, size);
			nk_tally_rebuild(&state->header, NULL, &larger->header, size);
			free(state);
			state = larger;
		}
		nk_distribution_add(state, value(i), 1);
	}
	return state;
}

static NkTally *
canonical(NkTally *state)
{
	size_t		size = nk_tally_canonical_size(&state->header);
	NkTally    *form = calloc(1, size);

	nk_tally_canonicalise(&state->header, &form->header);
	free(state);
	return form;
}

static double
distinct(size_t i)
{
	return (double) (i * 7919 % 100003) / 8;
}

static double
repeated(size_t i)
{
	return (double) (i % 5);
}

static NkStatus
validate(const NkTally *tally)
{
	return nk_summary_validate(&tally->header, nk_tally_size(&tally->header),
							   &nk_distribution_kind);
}

static void
test_growth(void)
{
	NkTally    *state = count_values(100003, distinct);
	NkTally    *form;
	bool		all = true;

	CHECK(validate(state) == NK_OK);
	CHECK(state->header.rows == 100003 && state->n == 100003);
	CHECK(state->slots <= 4 * 100003);
	form = canonical(state);
	CHECK(validate(form) == NK_OK);
	for (size_t i = 0; i < 100003; i++)
		all &= nk_distribution_entry(form, i).value == (double) i / 8 &&
			nk_distribution_entry(form, i).count == 1;
	CHECK(all);
	CHECK(nk_tally_size(&form->header) == sizeof(NkTally) + 100003 * 16);
	free(form);

	form = canonical(count_values(100000, repeated));
	CHECK(form->header.rows == 5 && form->n == 100000);
	for (size_t i = 0; i < 5; i++)
		CHECK(nk_distribution_entry(form, i).count == 20000);
	free(form);
}

/* both signs of zero are one value; what is not finite is counted apart */
static double
odd(size_t i)
{
	static const double values[] = {0.0, -0.0, NAN, INFINITY, -INFINITY, 1};

	return values[i];
}

static void
test_odd_values(void)
{
	NkTally    *form = canonical(count_values(6, odd));

	CHECK(form->header.rows == 2 && form->n == 3 && form->aside == 3);
	CHECK(nk_distribution_entry(form, 0).count == 2);
	free(form);
}

static void
test_refused(void)
{
	NkTally    *form = canonical(count_values(10, repeated));
	NkTally    *state = count_values(10, repeated);
	uint64_t   *words = form->words;

	CHECK(validate(form) == NK_OK);
	words[1] = 0;
	CHECK(validate(form) == NK_BAD_SUMMARY);	/* an entry of nobody */
	words[1] = (uint64_t) -1;
	CHECK(validate(form) == NK_NEGATIVE_COUNT);
	words[1] = INT64_MAX;
	CHECK(validate(form) == NK_OVERFLOW);
	words[1] = 3;
	CHECK(validate(form) == NK_BAD_SUMMARY);	/* n is not the sum */
	form->n++;
	CHECK(validate(form) == NK_OK);
	words[2] = words[0];
	CHECK(validate(form) == NK_BAD_SUMMARY);	/* twice the same key */
	words[2] = 0;
	CHECK(validate(form) == NK_BAD_SUMMARY);	/* not sorted, and not finite */

	CHECK(validate(state) == NK_OK);
	state->header.rows++;
	CHECK(validate(state) == NK_BAD_SUMMARY);
	state->header.rows = state->slots;
	CHECK(validate(state) == NK_BAD_SUMMARY);	/* a search would not end */
	CHECK(nk_summary_validate(&state->header, sizeof(NkTally) - 8,
							  &nk_distribution_kind) == NK_BAD_SUMMARY);
	free(form);
	free(state);
}

/* no block is larger than the most that a summary may take */
static void
test_limit(void)
{
	NkTally		state = {{0}, 0, 0, 0, 0, 0};
	size_t		size;

	nk_summary_init(&state.header, &nk_distribution_kind);
	state.slots = 1u << 24;
	state.header.rows = state.slots / 4 * 3;
	CHECK(nk_tally_room(&state.header, NULL, &size) == NK_TOO_LARGE);
	state.slots = 1u << 23;
	state.header.rows = state.slots / 4 * 3;
	CHECK(nk_tally_room(&state.header, NULL, &size) == NK_OK &&
		  size <= NK_SUMMARY_MOST);
	state.slots = 0;
	state.header.rows = UINT32_MAX;
	CHECK(nk_tally_size(&state.header) == 0);
}

int
main(void)
{
	test_growth();
	test_odd_values();
	test_refused();
	test_limit();
	return unit_report();
}
