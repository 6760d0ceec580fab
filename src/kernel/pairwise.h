/*
 * pairwise.h - which of several proportions differ from which
 */
#ifndef NK_PAIRWISE_H
#define NK_PAIRWISE_H

#include "interval.h"

#pragma GCC visibility push(hidden)

typedef struct NkPairwise
{
	size_t		a;				/* places of the two groups, a < b */
	size_t		b;
	NkInterval	difference;		/* a minus b */
	NkTestResult test;			/* statistic: z */
	double		p_adjusted;
	NkStatus	status;
} NkPairwise;

/* how many pairs there are of so many groups */
static inline size_t
nk_pairs(size_t groups)
{
	return groups < 2 ? 0 : groups * (groups - 1) / 2;
}

/*
 * All pairs, those of group 0 first.  p and order are scratch for as many
 * values as there are pairs.
 */
extern NkStatus nk_pairwise(const NkProportion *groups, size_t count,
							double conf_level, NkPairwise *pairs, double *p,
							size_t *order);

/* letters.c */

#define NK_LETTERS			52	/* a to z, A to Z */
#define NK_LETTER_SETS		256 /* most sets that are tried */

/* words of scratch for the letters of so many groups */
static inline size_t
nk_letters_scratch(size_t groups)
{
	return NK_LETTER_SETS * ((groups + 63) / 64);
}

/*
 * Letters so that two groups share one exactly if they do not differ at
 * alpha: bit 0 of letters[i] says that group i has letter a.  A group without
 * children has none.  NK_NOT_CONVERGED: there are not enough letters.
 */
extern NkStatus nk_letters(const NkProportion *groups, size_t count,
						   const NkPairwise *pairs, double alpha,
						   uint64_t *letters, uint64_t *scratch);

#pragma GCC visibility pop

#endif							/* NK_PAIRWISE_H */
