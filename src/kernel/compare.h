/*
 * compare.h - two independent proportions: difference, risk ratio, odds ratio
 * and the tests that they are equal; one proportion against a fixed target
 */
#ifndef NK_COMPARE_H
#define NK_COMPARE_H

#include "interval.h"

#pragma GCC visibility push(hidden)

/* in the order of nk_difference_methods */
typedef enum NkDifferenceMethod
{
	NK_NEWCOMBE,
	NK_MIETTINEN_NURMINEN
} NkDifferenceMethod;

/* in the order of nk_comparison_tests */
typedef enum NkComparisonTest
{
	NK_TEST_AUTO,				/* n-1 where every expected count is >= 1 */
	NK_TEST_PEARSON,
	NK_TEST_N_1,
	NK_TEST_YATES,
	NK_TEST_FISHER,
	NK_TEST_FISHER_MID_P
} NkComparisonTest;

/* in the order of nk_odds_ratio_methods */
typedef enum NkOddsRatioMethod
{
	NK_ODDS_RATIO_SCORE,
	NK_ODDS_RATIO_EXACT,
	NK_ODDS_RATIO_MID_P
} NkOddsRatioMethod;

extern const char *const nk_difference_methods[];	/* end with NULL */
extern const char *const nk_odds_ratio_methods[];
extern const char *const nk_comparison_tests[];

typedef struct NkComparison
{
	double		p_a;
	double		p_b;
	NkInterval	difference;		/* p_a - p_b */
	NkInterval	risk_ratio;		/* p_a / p_b */
	NkInterval	odds_ratio;
	NkTestResult test;
	NkComparisonTest test_used; /* never NK_TEST_AUTO */
} NkComparison;

/*
 * x1 n2 - x2 n1, also known as ad - bc: exact until the last step, for which
 * a product needs twice the bits of a count
 */
static inline double
nk_cross_difference(const NkProportion *a, const NkProportion *b)
{
	return (double) ((__int128) a->events * b->n - (__int128) b->events * a->n);
}

/* all of it; NK_EMPTY, NK_ZERO_MARGIN (no test, the intervals stand), ... */
extern NkStatus nk_compare(const NkProportion *a, const NkProportion *b,
						   double conf_level, NkComparisonTest test,
						   NkComparison *result);

extern NkStatus nk_difference_interval(const NkProportion *a,
									   const NkProportion *b,
									   double conf_level,
									   NkDifferenceMethod method,
									   NkInterval *result);

/* score intervals of the ratios (test the parts of nk_compare) */
extern NkStatus nk_risk_ratio_interval(const NkProportion *a,
									   const NkProportion *b, double z,
									   NkInterval *result);
extern NkStatus nk_odds_ratio_interval(const NkProportion *a,
									   const NkProportion *b, double z,
									   NkInterval *result);

/* the odds ratio given all margins, its estimate and its bounds */
extern NkStatus nk_conditional_odds_ratio(const NkProportion *a,
										  const NkProportion *b,
										  double conf_level, bool mid_p,
										  NkInterval *result);

extern NkStatus nk_odds_ratio_by_method(const NkProportion *a,
										const NkProportion *b,
										double conf_level,
										NkOddsRatioMethod method,
										NkInterval *result);

/* in the order of nk_target_tests: which one ran */
typedef enum NkTargetTest
{
	NK_TARGET_SCORE,
	NK_TARGET_BINOMIAL_MID_P
} NkTargetTest;

extern const char *const nk_target_tests[];

/* p against a fixed number; exact where n target or n (1 - target) is < 1 */
extern NkStatus nk_compare_to_target(const NkProportion *p, double target,
									 NkTestResult *result,
									 NkTargetTest *test_used);

#pragma GCC visibility pop

#endif							/* NK_COMPARE_H */
