/*
 * noncentral_t.c - the noncentral t distribution, as intervals of a
 * standardised difference need it.
 *
 * T = (Z + delta) / U, where Z is normal and U^2 is chi-square over its
 * degrees of freedom, so that
 *
 *		P(T <= t) = E[P(Z <= t U - delta)] = E[P(U >= (Z + delta) / t)]
 *
 * Method: the first expectation as an integral over log U, or for large t,
 * where its integrand is a step, the second as one over Z.  Both integrands
 * are analytic and die out fast, and then the trapezoidal rule converges
 * faster than any power of its step.  Everything added is positive, and
 * divided by the sum of the weights, so no digits cancel.  The known series
 * in incomplete beta functions underflow for a delta of 38 already.
 *
 *   Johnson N L, Welch B L (1940) Applications of the non-central
 *   t-distribution.  Biometrika 31:362-389.  doi:10.1093/biomet/31.3-4.362
 *   Temme N M (1979) The asymptotic expansion of the incomplete gamma
 *   functions.  SIAM Journal on Mathematical Analysis 10:757-766.
 *   doi:10.1137/0510071
 *   Trefethen L N, Weideman J A C (2014) The exponentially convergent
 *   trapezoidal rule.  SIAM Review 56:385-458.  doi:10.1137/130932132
 *
 * Not-a-number policy: NK_UNDEFINED unless df is positive and finite and
 * both other arguments are finite.
 *
 * Accuracy: relative error below 1e-11 of 30-digit references for tails
 * above 1e-17, df from 1 to 1e8 and t to 1e6.  Further out the tail is too
 * small, by what lies 1e-30 out in the weights.  test/unit/test_noncentral_t.c
 */
#include "dist.h"
#include "solve.h"

/* weights below exp(-CUT) of the largest are left out */
#define CUT		72.0
#define LARGE_DF 1e7			/* from where on one term is exact to 1e-13 */
#define REACH	13.0			/* beyond which a normal weight is left out */

/*
 * A sum of weights w = exp(-h) stops where the exponent h has grown to CUT;
 * h is 0 at 0 and grows to both sides.
 */
typedef struct Integral
{
	double		t;				/* positive */
	double		df;
	double		excess;			/* delta - t */
	bool		lower_tail;
} Integral;

/* log of the density of log U, over its greatest value at 0 */
static double
log_weight_of_chi(const Integral *integral, double y)
{
	return -integral->df / 2 * nk_deviance(1, exp(2 * y), -expm1(2 * y));
}

/* P(T <= t) or P(T > t), given log U */
static double
tail_given_chi(const Integral *integral, double y)
{
	return nk_normal_cdf(integral->t * expm1(y) - integral->excess,
						 integral->lower_tail, false);
}

static double
log_weight_of_normal(const Integral *integral, double z)
{
	(void) integral;
	return -z * z / 2;
}

/*
 * tail_of_large_chi - P(U <= 1 + distance) or P(U > 1 + distance)
 *
 * The first term of Temme's uniform expansion.  The next one is 2e-3 / df of
 * it, and eta below 0.02 wherever there is a tail.
 */
static double
tail_of_large_chi(double df, double distance, bool lower_tail)
{
	double		square = distance * (2 + distance); /* U^2 - 1 */
	double		deviance = nk_deviance(1, 1 + square, -square);
	double		eta = copysign(sqrt(2 * deviance), distance);
	double		rest = exp(-df / 2 * deviance) / sqrt(M_PI * df) *
		(-1.0 / 3 + eta * (1.0 / 12 - eta * (2.0 / 135 - eta / 864)));

	return nk_normal_cdf(eta * sqrt(df / 2), lower_tail, false) +
		(lower_tail ? -rest : rest);
}

/* the same, given Z: U above or below (z + delta) / t */
static double
tail_given_normal(const Integral *integral, double z)
{
	double		distance = (z + integral->excess) / integral->t;
	double		u = 1 + distance;

	if (u <= 0)
		return integral->lower_tail ? 1 : 0;
	if (integral->df > LARGE_DF)
		return tail_of_large_chi(integral->df, distance,
								 !integral->lower_tail);
	return nk_chisq_cdf(integral->df * u * u, integral->df,
						!integral->lower_tail, false);
}

static double
average(const Integral *integral,
		double (*log_weight) (const Integral *, double),
		double (*tail) (const Integral *, double), double step)
{
	double		weights = 0;
	double		sum = 0;

	for (int side = -1; side <= 1; side += 2)
		for (int i = side > 0; ; i++)
		{
			double		x = side * i * step;
			double		log_w = log_weight(integral, x);

			if (log_w < -CUT)
				break;
			if (i % 1024 == 1023)
				nk_check_interrupts();
			weights += exp(log_w);
			sum += exp(log_w) * tail(integral, x);
		}
	return sum / weights;
}

/*
 * tail_at - P(T <= t) or P(T > t) for delta = t + excess, t not negative
 *
 * A weight of precision p times a normal step of steepness s needs a step of
 * 2 pi / sqrt(CUT (p + s^2)) at most.  In log U the precision is 2 df, and
 * the steepness t U, up to where the step is over or the weights end; in Z
 * the precision is 1.  But that integrand has an edge where Z = -delta, which
 * has to lie outside of the weights.
 */
static double
tail_at(double t, double df, double excess, bool lower_tail)
{
	Integral	integral = {t, df, excess, lower_tail};
	double		delta = t + excess;
	double		ratio = t / sqrt(df);
	double		steepness = fmin(t * (1 + REACH / sqrt(df)),
								 fmax(delta, 0) + REACH);

	if (ratio > 10 && delta > REACH)
		return average(&integral, log_weight_of_normal, tail_given_normal,
					   fmin(0.5, 0.7 / hypot(1, M_SQRT2 / ratio)));
	return average(&integral, log_weight_of_chi, tail_given_chi,
				   fmin(0.1, 0.7 / hypot(sqrt(2 * df), steepness)));
}

double
nk_noncentral_t_cdf(double t, double df, double delta, bool lower_tail)
{
	if (!(df > 0 && df < INFINITY) || !isfinite(t) || !isfinite(delta))
		return NK_UNDEFINED;
	if (t < 0)
	{
		t = -t;
		delta = -delta;
		lower_tail = !lower_tail;
	}
	return tail_at(t, df, delta - t, lower_tail);
}

typedef struct Search
{
	double		t;
	double		df;
	double		p;
	bool		lower_tail;
} Search;

static double
log_distance(double excess, const void *context)
{
	const Search *search = context;

	return log(tail_at(search->t, search->df, excess, search->lower_tail) /
			   search->p);
}

/*
 * nk_noncentral_t_parameter - the delta under which t has that tail
 *
 * The lower tail falls and the upper tail grows with delta.  What is looked
 * for is delta - t, which for large t is known much better than delta.
 */
NkStatus
nk_noncentral_t_parameter(double p, double t, double df, bool lower_tail,
						  double *delta)
{
	bool		negative = t < 0;
	Search		search = {fabs(t), df, p, lower_tail != negative};
	double		width = hypot(1, t / sqrt(2 * df));
	double		near = 0;
	double		excess = 0;
	bool		above;
	NkStatus	status = NK_NOT_CONVERGED;

	*delta = NK_UNDEFINED;
	if (!(df > 0 && df < INFINITY) || !isfinite(t))
		return NK_BAD_PARAMETER;
	if (!(p > 0 && p < 1))
		return NK_BAD_PROBABILITY;
	above = log_distance(near, &search) > 0;
	if (above != search.lower_tail)
		width = -width;
	for (int i = 0; i < 60; i++)
	{
		double		far = near + width;

		if ((log_distance(far, &search) > 0) != above)
		{
			status = nk_find_root(log_distance, &search, near, far, &excess);
			break;
		}
		near = far;
		width *= 1.5;
	}
	if (status == NK_OK)
		*delta = negative ? -(search.t + excess) : search.t + excess;
	return status;
}
