/*
 * logit.c - the summary of a logistic regression: covariate patterns
 *
 * A likelihood depends on the rows only through how many children have each
 * combination of covariates (and live in each cluster), and how many of them
 * have the event.  Rows are read once; a model is then fitted to patterns.
 */
#include "logit.h"

bool
nk_logit_skips(NkTally *state, const double *covariates, uint32_t length)
{
	for (uint32_t i = 0; i < length; i++)
		if (!isfinite(covariates[i]))
		{
			state->aside++;
			return true;
		}
	return false;
}

NkStatus
nk_logit_shape(NkTally *state, uint32_t length)
{
	if (length > NK_COVARIATES)
		return NK_TOO_LARGE;
	if (state->header.rows == 0 && state->header.columns != length + 1)
	{
		/* room is made anew for keys of that length */
		state->header.columns = length + 1;
		state->slots = 0;
	}
	return state->header.columns == length + 1 ? NK_OK : NK_SETTING_DIFFERS;
}

NkStatus
nk_logit_add(NkTally *state, bool event, const double *covariates,
			 const int64_t *cluster)
{
	uint32_t	length = nk_logit_covariates(state);
	uint64_t	key[NK_COVARIATES + 1];
	NkStatus	status = nk_tally_set(state, cluster != NULL ? 2 : 1);
	int64_t    *counts;

	if (status != NK_OK)
		return status;
	key[0] = nk_word_of_int64(cluster != NULL ? *cluster : 0);
	for (uint32_t i = 0; i < length; i++)
		key[i + 1] = nk_word_of_double(covariates[i]);
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
	if (!nk_logit_has_clusters(tally) && entry[0] != nk_word_of_int64(0))
		return NK_BAD_SUMMARY;
	for (uint32_t i = 1; i < tally->header.columns; i++)
		if (!nk_word_is_number(entry[i]))
			return NK_BAD_SUMMARY;
	return NK_OK;
}

static NkStatus
logit_validate(const NkSummary *summary)
{
	double		setting = ((const NkTally *) summary)->setting;

	if (summary->columns < 1 || summary->columns > NK_COVARIATES + 1 ||
		(summary->rows == 0 && summary->columns != 1) ||
		(setting != 0 && setting != 1 && setting != 2))
		return NK_BAD_SUMMARY;
	return nk_tally_validate(summary, summary->columns, 2, check_entry);
}

/* a rest must have events among its children */
static NkStatus
logit_subtract(NkSummary *from, const NkSummary *part)
{
	NkStatus	status = nk_tally_subtract(from, part);

	if (from->rows == 0)
		from->columns = nk_logit_kind.columns;
	if (status == NK_OK && logit_validate(from) != NK_OK)
		return NK_NOT_CONTAINED;
	return status;
}

static NkStatus
entry_fields(NkPort *port, const NkTally *tally, uint64_t *entry)
{
	uint32_t	length = nk_logit_covariates(tally);
	double		covariates[NK_COVARIATES];

	for (uint32_t i = 0; i < length; i++)
		covariates[i] = nk_double_of_word(entry[i + 1]);
	if (nk_logit_has_clusters(tally))
		nk_word_integer(port, "cluster", &entry[0]);
	else
		entry[0] = nk_word_of_int64(0);
	port->numbers(port, "covariates", covariates, length);
	for (uint32_t i = 0; i < length; i++)
		entry[i + 1] = nk_word_of_double(covariates[i]);
	nk_word_count(port, "n", &entry[length + 1]);
	nk_word_count(port, "events", &entry[length + 2]);
	return NK_OK;
}

static NkStatus
logit_exchange(NkSummary *summary, NkPort *port)
{
	NkTally    *tally = (NkTally *) summary;
	int64_t		covariates = nk_logit_covariates(tally);
	int64_t		form = (int64_t) tally->setting;

	/* 0: nobody yet, 1: without clusters, 2: with clusters */
	port->count(port, "clustered", &form);
	port->count(port, "n_not_finite", &tally->aside);
	port->count(port, "covariates", &covariates);
	if (form < 0 || form > 2 || covariates < 0 || covariates > NK_COVARIATES)
		return NK_BAD_SUMMARY;
	tally->setting = (double) form;
	tally->header.columns = (uint32_t) covariates + 1;
	return nk_tally_exchange(tally, port, "patterns", entry_fields);
}

const NkSummaryKind nk_logit_kind = {
	.name = "logit",
	.code = 8,
	.rows = 0,
	.columns = 1,
	.size = sizeof(NkTally),
	.growth = &nk_tally_growth,
	.init = nk_tally_init_two,
	.n = nk_tally_n,
	.validate = logit_validate,
	.merge = nk_tally_merge,
	.subtract = logit_subtract,
	.exchange = logit_exchange
};
