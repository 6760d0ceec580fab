/*
 * logit.h - the summary of a logistic regression: covariate patterns
 */
#ifndef NK_LOGIT_H
#define NK_LOGIT_H

#include "tally.h"

#pragma GCC visibility push(hidden)

#define NK_COVARIATES		64	/* most covariates of a model */

/*
 * A tally of two counts (n, events).  The key: the cluster, then the
 * covariates.  Patterns without clusters have cluster 0 and setting 1, those
 * with clusters setting 2, since one model cannot have both.
 */
extern const NkSummaryKind nk_logit_kind;

static inline uint32_t
nk_logit_covariates(const NkTally *logit)
{
	return logit->header.columns - 1;
}

static inline bool
nk_logit_has_clusters(const NkTally *logit)
{
	return logit->setting == 2;
}

/*
 * Is this child only counted apart, because one of its covariates is not
 * finite?  The state keeps its shape.
 */
extern bool nk_logit_skips(NkTally *state, const double *covariates,
						   uint32_t length);

/*
 * Before room is made for one more: the first child says how many covariates
 * there are.  NK_SETTING_DIFFERS if this one has another number.
 */
extern NkStatus nk_logit_shape(NkTally *state, uint32_t length);

/* count one child in a state with room for it; cluster NULL: none */
extern NkStatus nk_logit_add(NkTally *state, bool event,
							 const double *covariates, const int64_t *cluster);

#pragma GCC visibility pop

#endif							/* NK_LOGIT_H */
