/*
 * mantel_haenszel.h - two groups compared within strata
 */
#ifndef NK_MANTEL_HAENSZEL_H
#define NK_MANTEL_HAENSZEL_H

#include "groups.h"
#include "pair.h"
#include "result.h"

#pragma GCC visibility push(hidden)

typedef struct NkMantelHaenszel
{
	int64_t		n;				/* children in strata that have both groups */
	int64_t		strata;			/* how many of those there are */
	NkInterval	odds_ratio;		/* a over b */
	NkInterval	risk_ratio;
	NkInterval	risk_difference;	/* a minus b */
	NkTestResult test;			/* of no association */
	NkTestResult breslow_day;	/* of one odds ratio, Tarone's correction */
} NkMantelHaenszel;

/* NK_EMPTY; NK_ZERO_MARGIN: no test, but what else is defined */
extern NkStatus nk_mantel_haenszel(const NkStratum *strata, size_t count,
								   double conf_level,
								   NkMantelHaenszel *result);

/* breslow_day.c */

typedef struct NkBreslowDay
{
	double		uncorrected;	/* Breslow and Day's own statistic */
	NkTestResult tarone;
} NkBreslowDay;

/* undefined with fewer than two strata that have events and other children */
extern NkBreslowDay nk_breslow_day(const NkStratum *strata, size_t count,
								   NkPair odds_ratio);

/* most strata between two looks whether somebody wants to interrupt */
#define NK_STRATA_PER_INTERRUPT_CHECK 4096

/* have both groups children? */
static inline bool
nk_stratum_counts(const NkStratum *stratum)
{
	return stratum->n_a > 0 && stratum->n_b > 0;
}

#pragma GCC visibility pop

#endif							/* NK_MANTEL_HAENSZEL_H */
