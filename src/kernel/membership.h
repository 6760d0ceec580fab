/*
 * membership.h - the summary of a regression of latent classes: covariate
 * patterns by the class that children were taken for
 */
#ifndef NK_MEMBERSHIP_H
#define NK_MEMBERSHIP_H

#include "covariates.h"

#pragma GCC visibility push(hidden)

#define NK_MEMBERSHIP_WORDS		2	/* of a key, before its covariates */

/* A tally; the key: the cluster, the class from 1 on, the covariates. */
extern const NkSummaryKind nk_membership_kind;

static inline uint32_t
nk_membership_covariates(const NkTally *membership)
{
	return membership->header.columns - NK_MEMBERSHIP_WORDS;
}

/*
 * Count one child in a state with room for it; cluster NULL: none.
 * NK_BAD_CLASS_LABEL for a class that no model has.
 */
extern NkStatus nk_membership_add(NkTally *state, int32_t class,
								  const double *covariates,
								  const int64_t *cluster);

#pragma GCC visibility pop

#endif							/* NK_MEMBERSHIP_H */
