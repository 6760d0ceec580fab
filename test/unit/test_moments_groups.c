/*
 * test_moments_groups.c - several means as a state: what may be in it.
 *
 * What all kinds promise is in test_summary.c, what is computed from the
 * groups in test_anova.c.
 */
#include "moments_groups.h"
#include "samples.h"

typedef union State
{
	NkTally		tally;
	NkSummary	header;
	unsigned char bytes[4096];
} State;

/* a state of the groups so far, ready for one more */
static void
with_room(State *state)
{
	State		larger;
	size_t		size = 0;

	nk_tally_growth.room(&state->header, NULL, &size);
	if (size == 0)
		return;
	memset(&larger, 0, sizeof(larger));
	nk_tally_growth.rebuild(&state->header, NULL, &larger.header, size);
	*state = larger;
}

static State
state_of(const Moments *groups, int count)
{
	State		state;
	State		form;

	memset(&state, 0, sizeof(state));
	nk_summary_init(&state.header, &nk_moments_groups_kind);
	for (int i = 0; i < count; i++)
	{
		with_room(&state);
		CHECK(nk_moments_groups_add(&state.tally, &groups[i].m) == NK_OK);
	}
	if (nk_tally_growth.canonical_size(&state.header) == 0)
		return state;
	memset(&form, 0, sizeof(form));
	nk_tally_growth.canonicalise(&state.header, &form.header);
	return form;
}

static NkStatus
validate(const State *state)
{
	return nk_summary_validate(&state->header,
							   nk_tally_size(&state->header),
							   &nk_moments_groups_kind);
}

/* one word of the only entry changed */
static NkStatus
changed(const State *state, int word, uint64_t value)
{
	State		copy = *state;

	copy.tally.words[word] = value;
	return validate(&copy);
}

int
main(void)
{
	double		values[] = {0.1, 0.2, 0.4, -5};
	Moments		groups[4] = {
		moments_of(values, 3), moments_empty(), moments_of(values + 3, 1),
		moments_of(values, 3)
	};
	State		state = state_of(groups, 4);
	NkMeanGroup g;

	/* a group without values is none, two of the same are one entry */
	CHECK(validate(&state) == NK_OK);
	CHECK(state.header.rows == 2 && state.tally.n == 3);
	g = nk_moments_group(&state.tally, 0);
	CHECK(g.n == 1 && g.mean.high == -5 && g.mean.low == 0 &&
		  g.spread == 0 && g.times == 1);
	g = nk_moments_group(&state.tally, 1);
	CHECK(g.n == 3 && g.times == 2 &&
		  g.mean.high == nk_moments_mean(&groups[0].m) && g.mean.low != 0 &&
		  g.spread == moments_spread(&groups[0]));

	state = state_of(groups, 1);
	CHECK(validate(&state) == NK_OK);
	CHECK(changed(&state, 0, nk_word_of_int64(0)) == NK_BAD_SUMMARY);
	CHECK(changed(&state, 0, nk_word_of_int64(1)) == NK_BAD_SUMMARY);
	CHECK(changed(&state, 1, nk_word_of_double(INFINITY)) == NK_BAD_SUMMARY);
	CHECK(changed(&state, 2, nk_word_of_double(1e-3)) == NK_BAD_SUMMARY);
	CHECK(changed(&state, 2, nk_word_of_double(0)) == NK_OK);
	CHECK(changed(&state, 2, nk_word_of_double(0) - 1) == NK_BAD_SUMMARY);
	CHECK(changed(&state, 3, nk_word_of_double(-1)) == NK_BAD_SUMMARY);
	CHECK(changed(&state, 3, UINT64_MAX) == NK_BAD_SUMMARY);
	CHECK(changed(&state, 4, 0) != NK_OK);
	return unit_report();
}
