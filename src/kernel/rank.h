/*
 * rank.h - two independent groups of values, compared by their ranks
 */
#ifndef NK_RANK_H
#define NK_RANK_H

#include "result.h"
#include "values.h"

#pragma GCC visibility push(hidden)

/* in the order of nk_rank_tests */
typedef enum NkRankTest
{
	NK_RANK_AUTO,				/* exact up to 50 children without ties */
	NK_RANK_EXACT,
	NK_RANK_NORMAL,
	NK_RANK_NORMAL_CC			/* with continuity correction */
} NkRankTest;

extern const char *const nk_rank_tests[];	/* ends with NULL */

/* in the order of nk_theta_methods */
typedef enum NkThetaMethod
{
	NK_THETA_NEWCOMBE,
	NK_THETA_BRUNNER_MUNZEL
} NkThetaMethod;

extern const char *const nk_theta_methods[];

typedef struct NkRankComparison
{
	double		median_a;
	double		median_b;
	NkInterval	theta;			/* P(a < b) + P(a = b) / 2 */
	double		cliffs_delta;	/* P(a < b) - P(a > b) */
	NkTestResult test;			/* Mann and Whitney's W of a */
	double		z;				/* undefined for the exact test */
	NkTestResult brunner_munzel;	/* t and its df */
	NkRankTest	test_used;		/* never NK_RANK_AUTO */
} NkRankComparison;

/*
 * All of it.  Scratch: nk_ranksum_scratch doubles (ranksum.h).  NK_EMPTY;
 * NK_NO_VARIATION where all values are equal, with p-value 1;
 * NK_NOT_CONVERGED for an exact test of too many children;
 * NK_BAD_CONF_LEVEL, NK_OVERFLOW.
 */
extern NkStatus nk_compare_ranks(const NkValues *a, const NkValues *b,
								 double conf_level, NkRankTest test,
								 double *scratch, NkRankComparison *result);

/*
 * Theta alone.  NK_EMPTY; for Brunner and Munzel's interval NK_TOO_FEW where
 * a group has one child and NK_NO_VARIATION where their variance is 0.
 */
extern NkStatus nk_theta_interval(const NkValues *a, const NkValues *b,
								  double conf_level, NkThetaMethod method,
								  NkInterval *result);

#pragma GCC visibility pop

#endif							/* NK_RANK_H */
