/*
 * t.c - Student's t distribution.
 *
 * Method: P(|T| > t) is a beta tail with shapes df / 2 and 1 / 2 at
 * df / (df + t^2).  That ratio and its complement are formed as pairs of
 * doubles, so that millions of degrees of freedom cost no digits.  Beyond
 * 1e140, where t^2 leaves the range, the tail is a pure power of t.
 *
 *   DLMF 8.17.  https://dlmf.nist.gov/8.17
 *
 * Not-a-number policy: NK_UNDEFINED unless df is positive and finite.
 *
 * Accuracy: relative error below 1e-12 of 60-digit references for df from
 * 2e-5 to 2e9, in both tails down to 1e-300.  test/unit/test_t.c
 */
#include "beta.h"
#include "dist.h"

#define LOG_2 0.69314718055994530942
#define HUGE_T 1e140

/* two_sided - tail of |T| at t, not negative */
static NkTail
two_sided(double t, const void *context)
{
	double		df = *(const double *) context;
	double		base = fmin(t, HUGE_T);
	NkPair		square = nk_product(base, base);
	NkPair		whole = nk_pair_add(square, (NkPair) {df, 0});
	NkTail		tail;

	if (t == INFINITY)
		return nk_no_tail(false);
	tail = nk_beta_tail(df / 2, 0.5,
						nk_pair_divide((NkPair) {df, 0}, whole),
						nk_pair_divide(square, whole));
	if (t > base)
	{
		tail.log_value -= df * log(t / base);
		tail.log_density -= df * log(t / base);
	}
	tail.lower = !tail.lower;
	tail.log_density += LOG_2;
	return tail;
}

double
nk_t_cdf(double t, double df, bool lower_tail, bool log_p)
{
	NkTail		half = {t < 0, 0, 0};

	if (!nk_is_positive(df) || isnan(t))
		return NK_UNDEFINED;
	half.log_value =
		nk_tail_probability(two_sided(fabs(t), &df), false, true) - LOG_2;
	return nk_tail_probability(half, lower_tail, log_p);
}

/*
 * nk_t_quantile - the t below which a share p of the mass lies
 *
 * Around the median the search is for P(|T| <= t), which keeps t as exact
 * relative to itself as it is far out.
 */
NkStatus
nk_t_quantile(double p, double df, bool lower_tail, bool log_p, double *t)
{
	NkTarget	target;
	NkStatus	status = nk_tail_target(p, lower_tail, log_p, &target);
	double		half = log_p ? exp(p) - 0.5 : p - 0.5;
	bool		negative = target.lower;

	*t = NK_UNDEFINED;
	if (status != NK_OK)
		return status;
	if (!nk_is_positive(df))
		return NK_BAD_PARAMETER;
	target.lower = fabs(half) < 0.25;
	target.log_p = target.lower ? log(2 * fabs(half)) : target.log_p + LOG_2;
	status = nk_search_quantile(two_sided, &df, &target,
								sqrt(nk_guess_ratio(0.5, df / 2, &target)),
								INFINITY, t);
	if (negative)
		*t = 0 - *t;			/* the median is 0, not -0 */
	return status;
}
