/*
 * test_membership.c - counting covariate patterns by class: what is counted,
 * what is refused, and rows of a regression
 *
 * membership.c and covariates.c; what all kinds promise is tried in test_summary.
 */
#include "membership.h"
#include "predictors.h"
#include "summaries.h"

static void
test_adding(void)
{
	NkTally    *state = calloc(1, 65536);
	double		x[NK_COVARIATES] = {0.5, -0.0};
	int64_t		cluster = -3;

	nk_summary_init(&state->header, &nk_membership_kind);
	state->slots = 8;
	CHECK(nk_covariates_shape(state, NK_MEMBERSHIP_WORDS, 2) == NK_OK && state->slots == 0);
	state->slots = 8;
	CHECK(nk_membership_add(state, 3, x, &cluster) == NK_OK);
	CHECK(nk_membership_add(state, 3, x, &cluster) == NK_OK);
	CHECK(nk_membership_add(state, 1, x, &cluster) == NK_OK);
	CHECK(state->n == 3 && state->header.rows == 2);
	CHECK(nk_membership_covariates(state) == 2 && nk_has_clusters(state));
	CHECK(nk_membership_add(state, 0, x, &cluster) == NK_BAD_CLASS_LABEL);
	CHECK(nk_membership_add(state, -1, x, &cluster) == NK_BAD_CLASS_LABEL);
	CHECK(nk_membership_add(state, NK_LCA_CLASSES + 1, x, &cluster) == NK_BAD_CLASS_LABEL);
	CHECK(nk_membership_add(state, 3, x, NULL) == NK_SETTING_DIFFERS);
	CHECK(state->n == 3);
	state->n = INT64_MAX;
	CHECK(nk_membership_add(state, 3, x, &cluster) == NK_OVERFLOW);
	free(state);
}

/* two clusters with two classes, and one with one, in canonical form */
static void
test_rows(void)
{
	static const int64_t values[5][4] = {
		{-2, 1, 5, 7}, {-2, 3, 4, 1}, {0, 2, 4, 2}, {9, 1, 0, 3}, {9, 3, 0, 4}
	};
	NkTally    *form = calloc(1, 4096);
	double		memory[64];
	NkMembers	members;
	uint64_t   *word;

	nk_summary_init(&form->header, &nk_membership_kind);
	form->header.rows = 5;
	form->header.columns = 3;
	form->setting = 2;
	form->n = 17;
	word = form->words;
	for (int i = 0; i < 5; i++)
	{
		*word++ = nk_word_of_int64(values[i][0]);
		*word++ = nk_word_of_int64(values[i][1]);
		*word++ = nk_word_of_double((double) values[i][2]);
		*word++ = (uint64_t) values[i][3];
	}
	CHECK(nk_membership_kind.validate(&form->header) == NK_OK);
	CHECK(nk_members_memory(form) <= sizeof(memory));
	CHECK(nk_members_load(form, 3, memory, &members) == NK_OK);
	CHECK(members.n == 17 && members.clusters == 3);
	CHECK(members.design.rows == 5 && members.design.covariates == 1);
	for (int i = 0; i < 5; i++)
		CHECK(members.design.cluster[i] == values[i][0] &&
			  members.taken_for[i] == values[i][1] - 1 &&
			  members.design.x[i] == (double) values[i][2] &&
			  members.design.n[i] == values[i][3]);
	CHECK(nk_members_load(form, 2, memory, &members) == NK_BAD_CLASS_LABEL);

	form->words[1] = nk_word_of_int64(0);
	CHECK(nk_membership_kind.validate(&form->header) == NK_BAD_CLASS_LABEL);
	form->words[1] = nk_word_of_int64(1);
	form->words[2] = nk_word_of_double(INFINITY);
	CHECK(nk_membership_kind.validate(&form->header) == NK_BAD_SUMMARY);
	form->words[2] = nk_word_of_double(5);
	form->setting = 1;
	CHECK(nk_membership_kind.validate(&form->header) == NK_BAD_SUMMARY);
	free(form);
}

int
main(void)
{
	test_adding();
	test_rows();
	return unit_report();
}
