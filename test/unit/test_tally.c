/*
 * test_tally.c - counting keys: growth, forms, and what the validator refuses
 * (tally_exchange.c)
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
	CHECK(state->header.rows + state->waiting == 100003 && state->n == 100003);
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

/* values that many rows have, more than a table of their size lets wait */
static double
scattered(size_t i)
{
	return (double) ((i * i + 7919 * i) % 60013 % 40009);
}

/* the same values, counted without a tally */
static bool
is_count_of(const NkTally *form, size_t rows)
{
	static int64_t expected[40009];
	size_t		at = 0;

	memset(expected, 0, sizeof(expected));
	for (size_t i = 0; i < rows; i++)
		expected[(size_t) scattered(i)]++;
	for (size_t value = 0; value < 40009; value++)
	{
		NkValueCount entry;

		if (expected[value] == 0)
			continue;
		if (at == form->header.rows)
			return false;
		entry = nk_distribution_entry(form, at++);
		if (entry.value != (double) value || entry.count != expected[value])
			return false;
	}
	return at == form->header.rows && form->n == (int64_t) rows;
}

/* behind a large table entries wait: whoever looks, they are counted */
static void
test_waiting(void)
{
	bool		counted = true;
	bool		valid = true;
	bool		merged = true;
	size_t		most = 0;

	for (size_t rows = 90000; rows < 90080; rows++)
	{
		NkTally    *state = count_values(rows, scattered);
		NkTally    *other = calloc(1, sizeof(NkTally));
		NkTally    *larger;
		size_t		size;

		if (state->waiting > most)
			most = state->waiting;
		valid &= validate(state) == NK_OK;

		nk_summary_init(&other->header, &nk_distribution_kind);
		nk_tally_room(&other->header, &state->header, &size);
		larger = calloc(1, size);
		nk_tally_rebuild(&other->header, &state->header, &larger->header,
						 size);
		merged &= nk_tally_merge(&larger->header, &state->header) == NK_OK &&
			validate(larger) == NK_OK;
		free(other);
		larger = canonical(larger);
		state = canonical(state);
		counted &= validate(state) == NK_OK && is_count_of(state, rows);
		merged &= is_count_of(larger, rows);
		free(state);
		free(larger);
	}
	CHECK(most == NK_TALLY_WAITING);
	CHECK(valid);
	CHECK(counted);
	CHECK(merged);
}

/* who waits has a key, a count, and came to a table */
static void
test_waiting_refused(void)
{
	NkTally    *state = count_values(90013, scattered);
	uint64_t   *first;
	int64_t		count;

	CHECK(state->waiting > 0 && validate(state) == NK_OK);
	first = (uint64_t *) nk_tally_entry(state, state->slots);
	count = (int64_t) first[1];
	first[1] = 0;
	state->n -= count;
	CHECK(validate(state) == NK_BAD_SUMMARY);
	first[1] = (uint64_t) -1;
	CHECK(validate(state) == NK_NEGATIVE_COUNT);
	first[1] = (uint64_t) count;
	state->n += count;
	CHECK(validate(state) == NK_OK);
	state->waiting = NK_TALLY_WAITING + 1;
	CHECK(validate(state) == NK_BAD_SUMMARY);
	free(state);

	state = calloc(1, 4096);
	nk_summary_init(&state->header, &nk_distribution_kind);
	state->slots = 8;
	CHECK(validate(state) == NK_OK);
	state->waiting = 1;
	CHECK(validate(state) == NK_BAD_SUMMARY);	/* nowhere to wait */
	state->slots = 0;
	CHECK(validate(state) == NK_BAD_SUMMARY);
	free(state);

	state = calloc(1, sizeof(NkTally) + (NK_TALLY_LARGE + NK_TALLY_WAITING) * 16);
	nk_summary_init(&state->header, &nk_distribution_kind);
	state->slots = NK_TALLY_LARGE;
	CHECK(validate(state) == NK_OK);
	state->waiting = 1;
	state->n = 1;
	first = (uint64_t *) nk_tally_entry(state, state->slots);
	first[0] = nk_word_of_double(1);
	first[1] = 1;
	CHECK(validate(state) == NK_BAD_SUMMARY);	/* the table is empty */
	free(state);
}

/* no block is larger than the most that a summary may take */
static void
test_limit(void)
{
	NkTally		state = {.slots = 0};
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
	test_waiting();
	test_waiting_refused();
	test_limit();
	return unit_report();
}
