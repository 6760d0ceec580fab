/*
 * normal.c - the normal distribution.
 *
 * Method: erfc of x / sqrt(2), corrected for the rounding of that quotient,
 * which far out would cost three digits; on the log scale, where erfc
 * underflows, the continued fraction of Mills' ratio.  The quantile is a
 * rational approximation (Abramowitz and Stegun 26.2.23) brought to full
 * precision by Halley's iteration: on erf in the middle, on the logarithm of
 * the tail outside.
 *
 *   DLMF 7.9.1, 7.18.  https://dlmf.nist.gov/7
 *
 * Not-a-number policy: NaN gives NK_UNDEFINED; infinities are ordinary.
 *
 * Accuracy: relative error below 2e-15 of 60-digit references, in both tails
 * to the smallest double and beyond it as logarithms.
 * test/unit/test_normal.c
 */
#include "dist.h"
#include "pair.h"
#include "tail.h"

#define SQRT_HALF_HIGH 0.70710678118654752440
#define SQRT_HALF_LOW (-4.8336466567264565e-17)	/* what it lacks */
#define INV_SQRT_PI 0.56418958354775628695
#define SQRT_2_PI 2.50662827463100050242
#define HALF_LOG_2_PI 0.91893853320467274178
#define FAR_OUT 25				/* from here on by Mills' ratio */

/* mills - Mills' fraction x + 1 / (x + 2 / (x + 3 / ...)) */
static void
mills(double index, const void *context, double *numerator,
	  double *denominator)
{
	*numerator = index;
	*denominator = *(const double *) context;
}

/* hazard - density over upper tail, for x not negative */
static double
hazard(double x)
{
	if (x > FAR_OUT)
		return nk_continued_fraction(mills, &x);
	return exp(-x * x / 2) / (SQRT_2_PI * nk_normal_cdf(x, false, false));
}

/* log_upper - logarithm of the upper tail, for x not negative */
static double
log_upper(double x)
{
	if (x > FAR_OUT)
		return -x * x / 2 - HALF_LOG_2_PI - log(hazard(x));
	return log(nk_normal_cdf(x, false, false));
}

double
nk_normal_cdf(double x, bool lower_tail, bool log_p)
{
	double		upper = lower_tail ? -x : x;	/* of which the upper tail */
	NkPair		z = nk_product(upper, SQRT_HALF_HIGH);

	if (isinf(upper))
		return upper > 0 ? (log_p ? -INFINITY : 0) : (log_p ? 0 : 1);
	if (log_p)
		return upper > 0 ? log_upper(upper)
			: log1p(-nk_normal_cdf(-upper, false, false));
	z.low += upper * SQRT_HALF_LOW;
	return erfc(z.high) / 2 - z.low * exp(-z.high * z.high) * INV_SQRT_PI;
}

/* central - x for a probability of 1/2 + excess, |excess| <= 1/4 */
static double
central(double excess)
{
	double		x = excess * SQRT_2_PI;

	/* the start is within 7 %, and each step triples the digits */
	for (int step = 0; step < 4; step++)
	{
		double		error = erf(x * SQRT_HALF_HIGH) / 2 - excess;
		double		newton = error * SQRT_2_PI * exp(x * x / 2);

		x -= newton / (1 + newton * x / 2);
	}
	return x;
}

/* far - x with the given logarithm of an upper tail of at most 1/4 */
static NkStatus
far(double log_p, double *x)
{
	double		t = sqrt(-2 * log_p);
	double		error = 0;

	*x = t;
	if (t < 1e8)
		*x -= (2.515517 + t * (0.802853 + t * 0.010328)) /
			(1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
	for (int step = 0; step < 4; step++)
	{
		double		h = hazard(*x);

		error = log_upper(*x) - log_p;
		*x += error / (h + error * (h - *x) / 2);
	}
	if (!(fabs(error) <= 1e-12 - DBL_EPSILON * log_p))
		return NK_NOT_CONVERGED;
	return NK_OK;
}

NkStatus
nk_normal_quantile(double p, bool lower_tail, bool log_p, double *x)
{
	NkTarget	target;
	NkStatus	status = nk_tail_target(p, lower_tail, log_p, &target);
	double		half = log_p ? exp(p) - 0.5 : p - 0.5;

	*x = NK_UNDEFINED;
	if (status != NK_OK)
		return status;
	if (fabs(half) <= 0.25)
	{
		*x = central(lower_tail ? half : -half);
		return NK_OK;
	}
	if (target.log_p == -INFINITY)
		*x = INFINITY;
	else
		status = far(target.log_p, x);
	if (target.lower)
		*x = -*x;
	return status;
}
