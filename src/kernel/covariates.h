/*
 * covariates.h - tallies of covariate patterns, as regressions count them
 *
 * A key is a few words of the kind, the first of them the cluster, and then
 * the covariates.  The first child says how many of them there are.  Patterns
 * without clusters have cluster 0 and setting 1, those with clusters setting
 * 2, since one model cannot have both.
 */
#ifndef NK_COVARIATES_H
#define NK_COVARIATES_H

#include "tally.h"

#pragma GCC visibility push(hidden)

#define NK_COVARIATES		64	/* most of a model */

static inline bool
nk_has_clusters(const NkTally *tally)
{
	return tally->setting == 2;
}

/*
 * Is this child only counted apart, because one of its covariates is not
 * finite?  The state keeps its shape.
 */
extern bool nk_covariates_skip(NkTally *state, const double *covariates,
							   uint32_t length);

/*
 * Before room is made for one more, with so many words of the kind.
 * NK_SETTING_DIFFERS if others had another number of covariates, NK_TOO_LARGE.
 */
extern NkStatus nk_covariates_shape(NkTally *state, uint32_t words,
									uint32_t length);

/*
 * The words of a child whose cluster may be NULL: its cluster, and behind the
 * words of the kind its covariates.  Takes the setting: NK_SETTING_DIFFERS.
 */
extern NkStatus nk_covariates_key(NkTally *state, uint32_t words,
								  const double *covariates,
								  const int64_t *cluster, uint64_t *key);

/* parts of a kind whose keys have so many words of its own */
extern NkStatus nk_covariates_check(const NkTally *tally,
									const uint64_t *entry, uint32_t words);
extern NkStatus nk_covariates_validate(const NkSummary *summary,
									   uint32_t words, uint32_t counts,
									   NkEntryCheck check);
extern NkStatus nk_covariates_subtract(NkSummary *from, const NkSummary *part,
									   const NkSummaryKind *kind);
extern NkStatus nk_covariates_exchange(NkTally *tally, NkPort *port,
									   uint32_t words, NkEntryFields fields);

/* fields of an entry: the cluster comes first, covariates after the kind's */
extern void nk_cluster_field(NkPort *port, const NkTally *tally,
							 uint64_t *entry);
extern void nk_covariate_fields(NkPort *port, const NkTally *tally,
								uint64_t *entry, uint32_t words);

#pragma GCC visibility pop

#endif							/* NK_COVARIATES_H */
