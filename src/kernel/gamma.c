/*
 * gamma.c - gamma, chi-square and Poisson distributions.
 *
 * Method: x^a exp(-x) / Gamma(a + 1) by the saddle point (point.c) times
 *	- below the mean, a continued fraction of the lower tail, the limit of
 *	  the one in beta.c, whose terms are positive;
 *	- above, Legendre's continued fraction of the upper tail;
 *	- for a and x below one, the former too, and where its value comes near 1
 *	  the upper tail as 1 - x^a / Gamma(a + 1) by expm1, plus a series.
 * Both fractions take in the order of the square root of a steps at worst.
 *
 *   DLMF 8.7.1, 8.9.2.  https://dlmf.nist.gov/8
 *   Gil A, Segura J, Temme N M (2012) Efficient and accurate algorithms for
 *   the computation and inversion of the incomplete gamma function ratios.
 *   SIAM Journal on Scientific Computing 34:A2965.  doi:10.1137/120872553
 *
 * A Poisson tail is a gamma tail of the count: P(X <= k) = Q(k + 1, lambda).
 *
 * Not-a-number policy: NK_UNDEFINED unless shape or degrees of freedom are
 * positive and finite; x below 0 has no mass below it.  A quantile of 1 is
 * infinite.
 *
 * Accuracy: relative error below 1e-12 of 60-digit references for shapes from
 * 1e-5 to 1e9, in both tails down to 1e-300.  test/unit/test_gamma.c
 */
#include "dist.h"
#include "gamma.h"

typedef struct Gamma
{
	double		shape;
	double		x;
	double		excess;			/* x - shape */
} Gamma;

/* small_upper - the upper tail for a and x below one */
static double
small_upper(double a, double x)
{
	double		log_lead = a * log(x) - nk_log_gamma_1p(a);
	double		power = 1;
	double		sum = 0;

	for (int k = 1; fabs(power) > 1e-18; k++)
	{
		power *= -x / k;
		sum += power * a / (a + k);
	}
	return -expm1(log_lead) - exp(log_lead) * sum;
}

/*
 * didonato_morris - the fraction of beta.c with x / b for x and infinite b
 */
static void
didonato_morris(double m, const void *context, double *numerator,
				double *denominator)
{
	const Gamma *g = context;
	double		before = g->shape + 2 * m - 1;
	double		head = (g->shape + m) / (before + 2) *
		((2 * m + 1) - g->excess);

	*numerator = 0;
	*denominator = head;
	if (m > 0)
	{
		double		scaled = m * g->x / before;

		*numerator = (g->shape + m - 1) / before * scaled * g->x;
		*denominator += m + scaled;
	}
}

/* the fraction x + 1 - a + 1 (a - 1) / (x + 3 - a + 2 (a - 2) / (...)) */
static void
legendre(double index, const void *context, double *numerator,
		 double *denominator)
{
	const Gamma *g = context;

	*numerator = index * (g->shape - index);
	*denominator = g->excess + (2 * index + 1);
}

NkTail
nk_gamma_tail(double x, double shape, double excess)
{
	Gamma		g = {shape, x, excess};
	NkTail		tail = {true, 0, 0};

	if (x <= 0)
		return nk_no_tail(true);
	if (x == INFINITY)
		return nk_no_tail(false);
	tail.log_density = log(shape) - nk_log_excess(shape) -
		nk_deviance(shape, x, -excess);
	tail.lower = excess < 0 || (x < 1 && shape < 1);
	if (tail.lower)
	{
		tail.log_value = tail.log_density -
			log(nk_continued_fraction(didonato_morris, &g));
		if (x < 1 && shape < 1 && tail.log_value > -0.5)
		{
			tail.lower = false;
			tail.log_value = log(small_upper(shape, x));
		}
	}
	else
		tail.log_value = tail.log_density -
			log(nk_continued_fraction(legendre, &g));
	return tail;
}

static NkTail
tail_at(double x, const void *context)
{
	double		shape = *(const double *) context;

	return nk_gamma_tail(x, shape, x - shape);
}

double
nk_gamma_cdf(double x, double shape, bool lower_tail, bool log_p)
{
	if (!nk_is_positive(shape) || isnan(x))
		return NK_UNDEFINED;
	return nk_tail_probability(tail_at(x, &shape), lower_tail, log_p);
}

NkStatus
nk_gamma_quantile(double p, double shape, bool lower_tail, bool log_p,
				  double *x)
{
	NkTarget	target;
	NkStatus	status = nk_tail_target(p, lower_tail, log_p, &target);

	*x = NK_UNDEFINED;
	if (status != NK_OK)
		return status;
	if (!nk_is_positive(shape))
		return NK_BAD_PARAMETER;
	return nk_search_quantile(tail_at, &shape, &target,
							  shape * nk_guess_ratio(shape, INFINITY, &target),
							  INFINITY, x);
}

double
nk_chisq_cdf(double x, double df, bool lower_tail, bool log_p)
{
	return nk_gamma_cdf(x / 2, df / 2, lower_tail, log_p);
}

NkStatus
nk_chisq_quantile(double p, double df, bool lower_tail, bool log_p, double *x)
{
	NkStatus	status = nk_gamma_quantile(p, df / 2, lower_tail, log_p, x);

	*x *= 2;
	return status;
}

double
nk_poisson_cdf(int64_t x, double lambda, bool lower_tail, bool log_p)
{
	double		shape = (double) x + 1;

	if (!(lambda >= 0 && lambda < INFINITY))
		return NK_UNDEFINED;
	if (x < 0)
		return nk_tail_probability(nk_no_tail(true), lower_tail, log_p);
	return nk_tail_probability(tail_at(lambda, &shape), !lower_tail,
							   log_p);
}
