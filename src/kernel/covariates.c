/*
 * covariates.c - tallies of covariate patterns: what their kinds have in
 * common
 *
 * A likelihood depends on the rows only through how many children have each
 * combination of covariates (and live in each cluster).  Rows are read once; a
 * model is then fitted to patterns.  Tested by test_logit and test_membership.
 */
#include "covariates.h"

bool
nk_covariates_skip(NkTally *state, const double *covariates, uint32_t length)
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
nk_covariates_shape(NkTally *state, uint32_t words, uint32_t length)
{
	if (length > NK_COVARIATES)
		return NK_TOO_LARGE;
	if (state->header.rows == 0 && state->header.columns != words + length)
	{
		/* room is made anew for keys of that length */
		state->header.columns = words + length;
		state->slots = 0;
	}
	return state->header.columns == words + length ?
		NK_OK : NK_SETTING_DIFFERS;
}

NkStatus
nk_covariates_key(NkTally *state, uint32_t words, const double *covariates,
				  const int64_t *cluster, uint64_t *key)
{
	key[0] = nk_word_of_int64(cluster != NULL ? *cluster : 0);
	for (uint32_t i = words; i < state->header.columns; i++)
		key[i] = nk_word_of_double(covariates[i - words]);
	return nk_tally_set(state, cluster != NULL ? 2 : 1);
}

NkStatus
nk_covariates_check(const NkTally *tally, const uint64_t *entry,
					uint32_t words)
{
	if (!nk_has_clusters(tally) && entry[0] != nk_word_of_int64(0))
		return NK_BAD_SUMMARY;
	for (uint32_t i = words; i < tally->header.columns; i++)
		if (!nk_word_is_number(entry[i]))
			return NK_BAD_SUMMARY;
	return NK_OK;
}

NkStatus
nk_covariates_validate(const NkSummary *summary, uint32_t words,
					   uint32_t counts, NkEntryCheck check)
{
	double		setting = ((const NkTally *) summary)->setting;

	if (summary->columns < words || summary->columns > NK_COVARIATES + words ||
		(summary->rows == 0 && summary->columns != words) ||
		(setting != 0 && setting != 1 && setting != 2))
		return NK_BAD_SUMMARY;
	return nk_tally_validate(summary, summary->columns, counts, check);
}

/* the rest must be valid: without rows it has no covariates either */
NkStatus
nk_covariates_subtract(NkSummary *from, const NkSummary *part,
					   const NkSummaryKind *kind)
{
	NkStatus	status = nk_tally_subtract(from, part);

	if (from->rows == 0)
		from->columns = kind->columns;
	if (status == NK_OK && kind->validate(from) != NK_OK)
		return NK_NOT_CONTAINED;
	return status;
}

NkStatus
nk_covariates_exchange(NkTally *tally, NkPort *port, uint32_t words,
					   NkEntryFields fields)
{
	int64_t		covariates = tally->header.columns - words;
	int64_t		form = (int64_t) tally->setting;

	/* 0: nobody yet, 1: without clusters, 2: with clusters */
	port->count(port, "clustered", &form);
	port->count(port, "n_not_finite", &tally->aside);
	port->count(port, "covariates", &covariates);
	if (form < 0 || form > 2 || covariates < 0 || covariates > NK_COVARIATES)
		return NK_BAD_SUMMARY;
	tally->setting = (double) form;
	tally->header.columns = (uint32_t) covariates + words;
	return nk_tally_exchange(tally, port, "patterns", fields);
}

void
nk_cluster_field(NkPort *port, const NkTally *tally, uint64_t *entry)
{
	if (nk_has_clusters(tally))
		nk_word_integer(port, "cluster", &entry[0]);
	else
		entry[0] = nk_word_of_int64(0);
}

void
nk_covariate_fields(NkPort *port, const NkTally *tally, uint64_t *entry,
					uint32_t words)
{
	uint32_t	length = tally->header.columns - words;
	double		covariates[NK_COVARIATES];

	for (uint32_t i = 0; i < length; i++)
		covariates[i] = nk_double_of_word(entry[words + i]);
	port->numbers(port, "covariates", covariates, length);
	for (uint32_t i = 0; i < length; i++)
		entry[words + i] = nk_word_of_double(covariates[i]);
}
