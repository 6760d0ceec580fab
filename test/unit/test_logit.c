/*
 * test_logit.c - counting covariate patterns: their shape, and what is skipped
 *
 * What all kinds promise is tried in test_summary.
 */
#include "logit.h"
#include "summaries.h"

static void
test_shape(void)
{
	NkTally    *state = calloc(1, 65536);
	double		x[NK_COVARIATES] = {0.5, -0.0};
	int64_t		cluster = -3;

	nk_summary_init(&state->header, &nk_logit_kind);
	state->slots = 8;

	/* who is skipped says nothing about the shape */
	x[1] = NAN;
	CHECK(nk_covariates_skip(state, x, 2) && state->aside == 1);
	x[1] = INFINITY;
	CHECK(nk_covariates_skip(state, x, 2) && state->aside == 2);
	CHECK(state->header.columns == 1 && state->slots == 8);
	x[1] = -0.0;
	CHECK(!nk_covariates_skip(state, x, 2) && state->aside == 2);

	/* the first child does, and the table is made anew for it */
	CHECK(nk_covariates_shape(state, NK_LOGIT_WORDS, 2) == NK_OK && state->slots == 0);
	state->slots = 8;
	CHECK(nk_logit_add(state, true, x, &cluster) == NK_OK);
	CHECK(nk_logit_add(state, false, x, &cluster) == NK_OK);
	CHECK(state->n == 2 && state->header.rows == 1);
	CHECK(nk_logit_covariates(state) == 2 && nk_has_clusters(state));
	CHECK(nk_covariates_shape(state, NK_LOGIT_WORDS, 2) == NK_OK && state->slots == 8);
	CHECK(nk_covariates_shape(state, NK_LOGIT_WORDS, 3) == NK_SETTING_DIFFERS);
	CHECK(nk_covariates_shape(state, NK_LOGIT_WORDS, 0) == NK_SETTING_DIFFERS);
	CHECK(nk_covariates_shape(state, NK_LOGIT_WORDS, NK_COVARIATES + 1) == NK_TOO_LARGE);

	/* with and without a cluster do not mix */
	CHECK(nk_logit_add(state, true, x, NULL) == NK_SETTING_DIFFERS);
	for (size_t i = 0; i < 8; i++)
		if (nk_tally_count(state, nk_tally_entry(state, i), 0) > 0)
		{
			const uint64_t *entry = nk_tally_entry(state, i);

			CHECK(nk_int64_of_word(entry[0]) == -3);
			CHECK(nk_double_of_word(entry[1]) == 0.5);
			CHECK(entry[2] == nk_word_of_double(0));
			CHECK(nk_tally_count(state, entry, 0) == 2);
			CHECK(nk_tally_count(state, entry, 1) == 1);
		}
	free(state);
}

static void
test_events(void)
{
	NkTally    *form = calloc(1, 1024);

	nk_summary_init(&form->header, &nk_logit_kind);
	form->header.rows = 1;
	form->setting = 1;
	form->n = 3;
	form->words[0] = nk_word_of_int64(0);
	form->words[1] = 3;
	form->words[2] = 3;
	CHECK(nk_logit_kind.validate(&form->header) == NK_OK);
	form->words[2] = 4;
	CHECK(nk_logit_kind.validate(&form->header) == NK_TOO_MANY_EVENTS);
	form->words[2] = 3;
	form->words[0] = nk_word_of_int64(1);	/* a cluster where there are none */
	CHECK(nk_logit_kind.validate(&form->header) == NK_BAD_SUMMARY);
	form->setting = 2;
	CHECK(nk_logit_kind.validate(&form->header) == NK_OK);
	form->setting = 3;
	CHECK(nk_logit_kind.validate(&form->header) == NK_BAD_SUMMARY);
	free(form);
}

int
main(void)
{
	test_shape();
	test_events();
	return unit_report();
}
