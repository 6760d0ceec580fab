/*
 * compare.c - tests that two independent proportions are equal
 *
 * With x1 events of n1 and x2 of n2, N children, m1 events and m0 others:
 *
 *	pearson			N (ad - bc)^2 / (n1 n2 m1 m0), df 1
 *	n-1				the same times (N - 1) / N; E. Pearson 1947, Biometrika
 *					34:139; Campbell 2007, Stat Med 26:3661
 *	yates			with continuity correction; never a default
 *	fisher			two-sided by point probability, given all margins
 *	fisher-mid-p	the same with half of the ties
 *	auto			n-1 where every expected count is at least 1, else
 *					fisher-mid-p (Campbell's recommendation)
 *
 * Where no child or every child has the event there is one possible table and
 * nothing to test: no p-value, NK_ZERO_MARGIN.  The intervals, which do not
 * need a margin, stand.  doi 10.1002/sim.2832.  Accuracy: 1e-12 relative,
 * held by test_compare.
 */
#include "compare.h"

#include "dist.h"
#include "exact.h"

const char *const nk_comparison_tests[] = {
	"auto", "pearson", "n-1", "yates", "fisher", "fisher-mid-p", NULL
};

const char *const nk_target_tests[] = {"score", "binomial-mid-p", NULL};

static NkTestResult
chi_square(const NkProportion *a, const NkProportion *b,
		   NkComparisonTest test)
{
	double		n1 = (double) a->n;
	double		n2 = (double) b->n;
	double		n = n1 + n2;
	double		events = (double) a->events + (double) b->events;
	double		others = n - events;
	double		cross = fabs(nk_cross_difference(a, b));

	if (test == NK_TEST_YATES)
		cross = fmax(0, cross - n / 2);
	/* one factor after the other: the product of four may overflow */
	return nk_chisq_result(cross / n1 / n2 * (cross / events / others) *
						   (test == NK_TEST_N_1 ? n - 1 : n), 1);
}

/* does every cell expect at least one child? */
static bool
expected_at_least_one(const NkProportion *a, const NkProportion *b)
{
	__int128	events = (__int128) a->events + b->events;
	__int128	n = (__int128) a->n + b->n;
	__int128	others = n - events;
	__int128	least_n = a->n < b->n ? a->n : b->n;
	__int128	least = events < others ? events : others;

	return n > 0 && least_n * least >= n;
}

static NkStatus
test_equality(const NkProportion *a, const NkProportion *b,
			  NkComparisonTest test, NkComparison *result)
{
	int64_t		events;
	int64_t		n;
	NkExactTest exact;
	NkStatus	status;

	result->test = NK_NO_TEST;
	/* what would run on these counts, even where there is nothing to test */
	if (test == NK_TEST_AUTO)
		test = expected_at_least_one(a, b) ? NK_TEST_N_1 :
			NK_TEST_FISHER_MID_P;
	result->test_used = test;

	if (!nk_add(a->n, b->n, &n))
		return NK_OVERFLOW;
	events = a->events + b->events;
	if (a->n == 0 || b->n == 0)
		return NK_EMPTY;
	if (events == 0 || events == n)
		return NK_ZERO_MARGIN;

	if (test != NK_TEST_FISHER && test != NK_TEST_FISHER_MID_P)
	{
		result->test = chi_square(a, b, test);
		return NK_OK;
	}
	status = nk_exact_hypergeometric(a->events, events, n - events, a->n,
									 &exact);
	result->test.p_value = test == NK_TEST_FISHER ? exact.p_value :
		exact.mid_p;
	return status;
}

NkStatus
nk_compare(const NkProportion *a, const NkProportion *b, double conf_level,
		   NkComparisonTest test, NkComparison *result)
{
	double		z;
	NkStatus	status = nk_critical_value(conf_level, &z);
	NkStatus	ratio_status;

	if (status != NK_OK)
		return status;
	result->p_a = nk_proportion_estimate(a);
	result->p_b = nk_proportion_estimate(b);
	status = test_equality(a, b, test, result);
	nk_difference_interval(a, b, conf_level, NK_NEWCOMBE,
						   &result->difference);
	ratio_status = nk_risk_ratio_interval(a, b, z, &result->risk_ratio);
	if (status == NK_OK)
		status = ratio_status;
	ratio_status = nk_odds_ratio_interval(a, b, z, &result->odds_ratio);
	if (status == NK_OK)
		status = ratio_status;
	return status;
}

/*
 * nk_compare_to_target - score test of a proportion against a fixed number
 *
 * The test whose interval is Wilson's, so that the two agree; where fewer
 * than one event or one other child is expected, the exact binomial mid-P.
 */
NkStatus
nk_compare_to_target(const NkProportion *p, double target,
					 NkTestResult *result, NkTargetTest *test_used)
{
	double		n = (double) p->n;
	NkExactTest exact;
	NkStatus	status;

	*result = NK_NO_TEST;
	if (!(target > 0 && target < 1))
		return NK_BAD_TARGET;
	*test_used = n * target < 1 || n * (1 - target) < 1 ?
		NK_TARGET_BINOMIAL_MID_P : NK_TARGET_SCORE;
	if (p->n == 0)
		return NK_EMPTY;

	if (*test_used == NK_TARGET_SCORE)
	{
		/* fma: one rounding of x - n target, which cancels */
		*result = nk_z_result(fma(-n, target, (double) p->events) /
							  sqrt(n * target * (1 - target)));
		return NK_OK;
	}
	status = nk_exact_binomial(p->events, p->n, target, &exact);
	result->p_value = exact.mid_p;
	return status;
}
