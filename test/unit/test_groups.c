/*
 * test_groups.c - groups that have no name: their order shows nowhere
 *
 * (groups.c, distribution_groups.c).  What all kinds promise is in test_summary.
 */
#include "groups.h"
#include "summaries.h"

/* a state of several distributions, each given as counts of the values 0.. */
static NkTally *
groups_of(int groups, const int64_t counts[][3], const int *order)
{
	NkTally    *state = calloc(1, 4096);
	NkTally    *form = calloc(1, 4096);

	nk_summary_init(&state->header, &nk_distribution_groups_kind);
	state->slots = 64;
	for (int i = 0; i < groups; i++)
	{
		NkTally    *distribution = calloc(1, 1024);
		NkTally    *sorted = calloc(1, 1024);

		nk_summary_init(&distribution->header, &nk_distribution_kind);
		distribution->slots = 8;
		for (int value = 0; value < 3; value++)
			if (counts[order[i]][value] > 0)
				nk_distribution_add(distribution, value,
									counts[order[i]][value]);
		nk_tally_canonicalise(&distribution->header, &sorted->header);
		nk_distribution_groups_add(state, sorted, NULL);
		free(distribution);
		free(sorted);
	}
	nk_distribution_groups_kind.growth->canonicalise(&state->header,
													 &form->header);
	free(state);
	return form;
}

static void
test_order(void)
{
	static const int64_t counts[4][3] = {
		{3, 0, 2}, {1, 1, 1}, {3, 0, 2}, {0, 5, 0}
	};
	static const int forth[] = {0, 1, 2, 3};
	static const int back[] = {3, 2, 1, 0};
	NkTally    *a = groups_of(4, counts, forth);
	NkTally    *b = groups_of(4, counts, back);
	size_t		size = nk_tally_size(&a->header);

	CHECK(a->aside == 4 && a->n == 18 && a->header.rows == 8);
	CHECK(size == nk_tally_size(&b->header) && memcmp(a, b, size) == 0);
	CHECK(nk_summary_validate(&a->header, size,
							  &nk_distribution_groups_kind) == NK_OK);
	free(a);
	free(b);
}

/* numbers are given anew where states meet; then the order is the same */
static void
test_merge(void)
{
	static const int64_t counts[4][3] = {
		{3, 0, 2}, {1, 1, 1}, {3, 0, 2}, {0, 5, 0}
	};
	static const int all[] = {0, 1, 2, 3};
	NkTally    *whole = groups_of(4, counts, all);
	NkTally    *first = groups_of(2, counts, all + 2);
	NkTally    *second = groups_of(2, counts, all);
	NkTally    *state = calloc(1, 4096);
	NkTally    *form = calloc(1, 4096);
	size_t		size;

	nk_tally_room(&first->header, &second->header, &size);
	nk_tally_rebuild(&first->header, &second->header, &state->header, size);
	CHECK(nk_distribution_groups_kind.merge(&state->header,
											&second->header) == NK_OK);
	nk_distribution_groups_kind.growth->canonicalise(&state->header,
													 &form->header);
	size = nk_tally_size(&form->header);
	CHECK(size == nk_tally_size(&whole->header) &&
		  memcmp(form, whole, size) == 0);

	/* named and numbered groups do not mix */
	CHECK(nk_tally_set(state, NK_ORDERED_GROUPS) == NK_SETTING_DIFFERS);
	/* and nobody can say which of them to take away */
	CHECK(nk_distribution_groups_kind.subtract(&whole->header,
											   &first->header) ==
		  NK_NOT_CONTAINED);
	free(whole);
	free(first);
	free(second);
	free(state);
	free(form);
}

static void
test_entries(void)
{
	NkTally    *state = calloc(1, 4096);
	NkProportion p = make_proportion(20, 5);
	NkProportion q = make_proportion(10, 1);
	NkScoredProportion group;
	NkStratum	stratum;

	nk_summary_init(&state->header, &nk_proportion_groups_kind);
	state->slots = 8;
	CHECK(nk_proportion_groups_add(state, NAN, &p) == NK_BAD_SCORE);
	CHECK(nk_proportion_groups_add(state, INFINITY, &p) == NK_BAD_SCORE);
	CHECK(nk_proportion_groups_add(state, -1.5, &p) == NK_OK);
	CHECK(nk_proportion_groups_add(state, -1.5, &p) == NK_OK);
	for (size_t i = 0; i < 8; i++)
	{
		group = nk_proportion_group(state, i);
		if (group.times > 0)
			CHECK(group.score == -1.5 && group.n == 20 && group.events == 5 &&
				  group.times == 2);
	}

	memset(state, 0, 4096);
	nk_summary_init(&state->header, &nk_proportion_strata_kind);
	state->slots = 8;
	CHECK(nk_proportion_strata_add(state, &p, &q) == NK_OK);
	for (size_t i = 0; i < 8; i++)
	{
		stratum = nk_proportion_stratum(state, i);
		if (stratum.times > 0)
			CHECK(stratum.n_a == 20 && stratum.events_a == 5 &&
				  stratum.n_b == 10 && stratum.events_b == 1);
	}
	free(state);
}

int
main(void)
{
	test_order();
	test_merge();
	test_entries();
	return unit_report();
}
