/*
 * logit.c - the summary of a logistic regression: covariate patterns, and how
 * many of their children have the event
 */
#include "logit.h"

NkStatus
nk_logit_add(NkTally *state, bool event, const double *covariates,
			 const int64_t *cluster)
{
	uint64_t	key[NK_COVARIATES + NK_LOGIT_WORDS];
	NkStatus	status = nk_covariates_key(state, NK_LOGIT_WORDS, covariates,
										   cluster, key);
	int64_t    *counts;

	if (status != NK_OK)
		return status;
	counts = nk_tally_add_one(state, key);
	if (counts == NULL)
		return NK_OVERFLOW;
	counts[1] += event;
	return NK_OK;
}

static NkStatus
check_entry(const NkTally *tally, const uint64_t *entry)
{
	if (nk_tally_count(tally, entry, 1) > nk_tally_count(tally, entry, 0))
		return NK_TOO_MANY_EVENTS;
	return nk_covariates_check(tally, entry, NK_LOGIT_WORDS);
}

static NkStatus
logit_validate(const NkSummary *summary)
{
	return nk_covariates_validate(summary, NK_LOGIT_WORDS, 2, check_entry);
}

/* a rest must have events among its children */
static NkStatus
logit_subtract(NkSummary *from, const NkSummary *part)
{
	return nk_covariates_subtract(from, part, &nk_logit_kind);
}

static NkStatus
entry_fields(NkPort *port, const NkTally *tally, uint64_t *entry)
{
	uint64_t   *counts = entry + tally->header.columns;

	nk_cluster_field(port, tally, entry);
	nk_covariate_fields(port, tally, entry, NK_LOGIT_WORDS);
	nk_word_count(port, "n", &counts[0]);
	nk_word_count(port, "events", &counts[1]);
	return NK_OK;
}

static NkStatus
logit_exchange(NkSummary *summary, NkPort *port)
{
	return nk_covariates_exchange((NkTally *) summary, port, NK_LOGIT_WORDS,
								  entry_fields);
}

const NkSummaryKind nk_logit_kind = {
	.name = "logit",
	.code = 8,
	.rows = 0,
	.columns = NK_LOGIT_WORDS,
	.size = sizeof(NkTally),
	.growth = &nk_tally_growth,
	.init = nk_tally_init_two,
	.n = nk_tally_n,
	.validate = logit_validate,
	.merge = nk_tally_merge,
	.subtract = logit_subtract,
	.exchange = logit_exchange
};
