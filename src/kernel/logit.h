/*
 * logit.h - the summary of a logistic regression: covariate patterns
 */
#ifndef NK_LOGIT_H
#define NK_LOGIT_H

#include "covariates.h"

#pragma GCC visibility push(hidden)

#define NK_LOGIT_WORDS		1	/* of a key, before its covariates */

/* A tally of two counts (n, events); the key: the cluster, the covariates. */
extern const NkSummaryKind nk_logit_kind;

static inline uint32_t
nk_logit_covariates(const NkTally *logit)
{
	return logit->header.columns - NK_LOGIT_WORDS;
}

/* count one child in a state with room for it; cluster NULL: none */
extern NkStatus nk_logit_add(NkTally *state, bool event,
							 const double *covariates, const int64_t *cluster);

#pragma GCC visibility pop

#endif							/* NK_LOGIT_H */
