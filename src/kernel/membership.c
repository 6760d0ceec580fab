/*
 * membership.c - the summary of a regression of latent classes: covariate
 * patterns by the class that children were taken for
 *
 * Kept apart by cluster, then class, so that the rows of a cluster are
 * neighbours.
 */
#include "membership.h"

#include "lca.h"

static bool
is_class(int64_t class)
{
	return class >= 1 && class <= NK_LCA_CLASSES;
}

NkStatus
nk_membership_add(NkTally *state, int32_t class, const double *covariates,
				  const int64_t *cluster)
{
	uint64_t	key[NK_COVARIATES + NK_MEMBERSHIP_WORDS];
	NkStatus	status;

	if (!is_class(class))
		return NK_BAD_CLASS_LABEL;
	status = nk_covariates_key(state, NK_MEMBERSHIP_WORDS, covariates,
							   cluster, key);
	if (status != NK_OK)
		return status;
	key[1] = nk_word_of_int64(class);
	return nk_tally_add_one(state, key) == NULL ? NK_OVERFLOW : NK_OK;
}

static NkStatus
check_entry(const NkTally *tally, const uint64_t *entry)
{
	if (!is_class(nk_int64_of_word(entry[1])))
		return NK_BAD_CLASS_LABEL;
	return nk_covariates_check(tally, entry, NK_MEMBERSHIP_WORDS);
}

static NkStatus
membership_validate(const NkSummary *summary)
{
	return nk_covariates_validate(summary, NK_MEMBERSHIP_WORDS, 1,
								  check_entry);
}

static NkStatus
membership_subtract(NkSummary *from, const NkSummary *part)
{
	return nk_covariates_subtract(from, part, &nk_membership_kind);
}

static NkStatus
entry_fields(NkPort *port, const NkTally *tally, uint64_t *entry)
{
	nk_cluster_field(port, tally, entry);
	nk_word_integer(port, "class", &entry[1]);
	nk_covariate_fields(port, tally, entry, NK_MEMBERSHIP_WORDS);
	nk_word_count(port, "n", &entry[tally->header.columns]);
	return NK_OK;
}

static NkStatus
membership_exchange(NkSummary *summary, NkPort *port)
{
	return nk_covariates_exchange((NkTally *) summary, port,
								  NK_MEMBERSHIP_WORDS, entry_fields);
}

const NkSummaryKind nk_membership_kind = {
	.name = "membership",
	.code = 17,
	.rows = 0,
	.columns = NK_MEMBERSHIP_WORDS,
	.size = sizeof(NkTally),
	.growth = &nk_tally_growth,
	.init = nk_tally_init_one,
	.n = nk_tally_n,
	.validate = membership_validate,
	.merge = nk_tally_merge,
	.subtract = membership_subtract,
	.exchange = membership_exchange
};
