/*
 * beta.c - beta and binomial distributions, and the core of t and F.
 *
 * Method: x^a (1 - x)^b / B(a, b) by the saddle point (point.c) over the
 * continued fraction of Didonato and Morris, for the lower tail at or below
 * the mean and for the upper one, with a and b exchanged, above it.  Its
 * terms are positive there, and it takes in the order of the square root of
 * a + b steps at worst.  Where a shape below one makes that tail almost 1,
 * the other one comes from a power series by expm1.
 *
 *   Didonato A R, Morris A H (1992) Algorithm 708: significant digit
 *   computation of the incomplete beta function ratios.  ACM Transactions on
 *   Mathematical Software 18:360-373.  doi:10.1145/131766.131776
 *
 * How far x lies from the mean, a (1 - x) - b x, decides the result for large
 * a and b.  So x and 1 - x come in as pairs of doubles: t and F values, whose
 * x is a rounded ratio, lose nothing.
 *
 * Not-a-number policy: NK_UNDEFINED unless both shapes are positive and
 * finite; x outside [0, 1] has all mass on one side.
 *
 * Accuracy: relative error below 1e-12 of 60-digit references for shapes from
 * 1e-5 to 1e9, in both tails down to 1e-300.  test/unit/test_beta.c
 */
#include "beta.h"
#include "dist.h"

#define TINY 1e-280

typedef struct Fraction
{
	double		a;
	double		b;
	double		x;
	double		y;				/* 1 - x */
	double		lambda;			/* a y - b x, not negative */
} Fraction;

static void
didonato_morris(double m, const void *context, double *numerator,
				double *denominator)
{
	const Fraction *f = context;
	double		before = f->a + 2 * m - 1;
	double		head = (f->a + m) / (before + 2) *
		(f->lambda + 1 + m * (1 + f->y));

	*numerator = 0;
	*denominator = head;
	if (m > 0)
	{
		double		scaled = m * (f->b - m) * f->x / before;

		*numerator = (f->a + m - 1) / before * (f->a + f->b + m - 1) *
			scaled * f->x;
		*denominator += m + scaled;
	}
}

/* mirror - exchange the ends */
static Fraction
mirror(const Fraction *f)
{
	return (Fraction) {f->b, f->a, f->y, f->x, -f->lambda};
}

/* is_near_zero - has x a large tail below it, though it is no large x? */
static bool
is_near_zero(const Fraction *f)
{
	return f->a < 1 && f->x < 0.7 && (f->a + f->b) * f->x < 0.7;
}

/*
 * small_upper - the upper tail near zero
 *
 * 1 - I = 1 - x^a / (a B(a, b)) - ... (DLMF 8.17.7), the first difference
 * by expm1.
 */
static double
small_upper(const Fraction *f)
{
	double		log_lead = f->a * log(f->x) + nk_log_gamma_rise(f->b, f->a) -
		nk_log_gamma_1p(f->a);
	double		power = 1;
	double		sum = 0;

	for (int k = 1; fabs(power) > 1e-18; k++)
	{
		power *= (k - f->b) / k * f->x;
		sum += power * f->a / (f->a + k);
	}
	return -expm1(log_lead) - exp(log_lead) * sum;
}

/*
 * power_tail - the tail so near to an end that only its power matters
 *
 * Below TINY products with x would leave the range of doubles.
 */
static NkTail
power_tail(double a, double b, double x)
{
	NkTail		tail = nk_beta_tail(a, b, (NkPair) {TINY, 0}, (NkPair) {1, 0});
	double		fall = a * (log(TINY) - log(x));

	/* with a tiny shape it may have been the upper tail that was computed */
	tail.log_value = nk_tail_probability(tail, true, true) - fall;
	tail.log_density -= fall;
	tail.lower = true;
	return tail;
}

/*
 * nk_beta_tail - the tail of a beta distribution at x, y being 1 - x
 *
 * log_density is for x times y times the density; who searches over another
 * variable takes what he needs from it.
 */
NkTail
nk_beta_tail(double a, double b, NkPair x, NkPair y)
{
	double		n = a + b;
	NkPair		lambda;
	double		log_lead;
	Fraction	f;
	Fraction	g;
	NkTail		tail;

	if (x.high <= 0)
		return nk_no_tail(true);
	if (y.high <= 0)
		return nk_no_tail(false);
	if (x.high < TINY)
		return power_tail(a, b, x.high);
	if (y.high < TINY)
	{
		tail = power_tail(b, a, y.high);
		tail.lower = !tail.lower;
		return tail;
	}
	lambda = nk_pair_add(nk_pair_scale(y, a), nk_pair_scale(x, -b));
	log_lead = nk_log_excess(n) - nk_log_excess(a) - nk_log_excess(b) +
		log(a / n * b) - nk_deviance(a, n * x.high, lambda.high) -
		nk_deviance(b, n * y.high, -lambda.high);

	f = (Fraction) {a, b, x.high, y.high, lambda.high};
	g = mirror(&f);
	tail.lower = f.lambda >= 0;
	if (is_near_zero(&f) != is_near_zero(&g))
		tail.lower = is_near_zero(&f);
	if (!tail.lower)
		f = g;
	tail.log_density = log_lead;
	tail.log_value = log_lead -
		log(nk_continued_fraction(didonato_morris, &f));

	/* a small shape heaps most of the mass on its end */
	if (is_near_zero(&f) && tail.log_value > -0.5)
	{
		tail.lower = !tail.lower;
		tail.log_value = log(small_upper(&f));
	}
	return tail;
}

typedef struct Shapes
{
	double		a;
	double		b;
	bool		mirrored;		/* is the variable 1 - x? */
} Shapes;

static NkTail
tail_at(double x, const void *context)
{
	const Shapes *s = context;
	NkPair		high = {x, 0};
	NkTail		tail;

	if (s->mirrored)
		tail = nk_beta_tail(s->a, s->b, nk_sum(1, -x), high);
	else
		tail = nk_beta_tail(s->a, s->b, high, nk_sum(1, -x));
	tail.log_density -= log1p(-x);
	if (s->mirrored)
		tail.lower = !tail.lower;
	return tail;
}

double
nk_beta_cdf(double x, double a, double b, bool lower_tail, bool log_p)
{
	Shapes		shapes = {a, b, false};

	if (!nk_is_positive(a) || !nk_is_positive(b) || isnan(x))
		return NK_UNDEFINED;
	return nk_tail_probability(tail_at(x, &shapes), lower_tail, log_p);
}

/*
 * nk_beta_quantile - the x below which a share p of the mass lies
 *
 * The search runs over x or over 1 - x, whichever is the smaller, because
 * only near zero are doubles dense.
 */
NkStatus
nk_beta_quantile(double p, double a, double b, bool lower_tail, bool log_p,
				 double *x)
{
	Shapes		shapes = {a, b, false};
	NkTarget	target;
	NkStatus	status = nk_tail_target(p, lower_tail, log_p, &target);
	double		at_half;
	double		odds;

	*x = NK_UNDEFINED;
	if (status != NK_OK)
		return status;
	if (!nk_is_positive(a) || !nk_is_positive(b))
		return NK_BAD_PARAMETER;
	odds = a / b * nk_guess_ratio(a, b, &target);
	at_half = nk_tail_probability(tail_at(0.5, &shapes), target.lower, true);
	if ((at_half < target.log_p) == target.lower)
	{
		shapes.mirrored = true;
		target.lower = !target.lower;
		odds = 1 / odds;
	}
	status = nk_search_quantile(tail_at, &shapes, &target, odds / (1 + odds),
								0.5, x);
	if (shapes.mirrored)
		*x = 1 - *x;
	return status;
}

double
nk_binomial_cdf(int64_t x, int64_t n, double p, bool lower_tail, bool log_p)
{
	NkTail		tail;

	if (n < 0 || !(p >= 0 && p <= 1))
		return NK_UNDEFINED;
	if (x < 0)
		return nk_tail_probability(nk_no_tail(true), lower_tail, log_p);
	if (x >= n)
		return nk_tail_probability(nk_no_tail(false), lower_tail, log_p);
	tail = nk_beta_tail((double) x + 1, (double) (n - x), (NkPair) {p, 0},
						nk_sum(1, -p));
	return nk_tail_probability(tail, !lower_tail, log_p);
}
