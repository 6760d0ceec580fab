/*
 * noncentral.c - noncentral chi-square distribution.
 *
 * Method: a Poisson mixture of central ones.  With halves of everything,
 * P(X <= x) is the sum over j of w_j P_j, where w_j is the probability of j
 * under a Poisson rate of lambda / 2 and P_j the lower tail of the gamma
 * distribution with shape df / 2 + j at x / 2; likewise the upper tail with
 * Q_j.  All terms are positive, so each tail is summed as such.  Two steps of
 * a recurrence give
 *
 *		P_j-1 = P_j + d_j-1		and		Q_j+1 = Q_j + d_j,
 *
 * d_j being x^shape exp(-x) / Gamma(shape + 1), of which the former is stable
 * downwards and the latter upwards.  The sum is built around the j for which
 * w_j d_j is largest, the root of j (df / 2 + j) = lambda x / 4: on the side
 * where the recurrence begins by Horner's scheme, on the other one term by
 * term, until nothing is left to add.  That takes some twenty standard
 * deviations of terms, about 20 lambda^(1/2): a millisecond for 1e9.
 *
 *   Gil A, Segura J, Temme N M (2014) Algorithm 939: computation of the
 *   Marcum Q-function.  ACM Transactions on Mathematical Software 40:20.
 *   doi:10.1145/2591004
 *   Ding C G (1992) Algorithm AS 275: computing the non-central chi-squared
 *   distribution function.  Applied Statistics 41:478-482.
 *   doi:10.2307/2347584
 *
 * Not-a-number policy: NK_UNDEFINED unless df is positive, lambda not
 * negative and both are finite; also where the largest term lies beyond 1e15,
 * which takes a lambda or an x of as much.
 *
 * Accuracy: relative error below 1e-12 of 60-digit references, in both tails
 * down to 1e-300.  test/unit/test_noncentral.c
 */
#include "dist.h"
#include "gamma.h"
#include "pair.h"
#include "solve.h"

#define NEGLIGIBLE 1e-21
#define MOST_CENTRE 1e15
#define MAX_DOUBLINGS 60

/* halves of the parameters, as the sums need them */
typedef struct Mixture
{
	double		x;
	double		shape;			/* of the central distribution */
	double		rate;			/* of the Poisson weights */
} Mixture;

static double
shape_at(const Mixture *m, double j)
{
	return m->shape + j;
}

/* x less the shape: a rounded shape of 1e9 would cost five digits */
static double
excess_at(const Mixture *m, double j)
{
	NkPair		excess = nk_pair_add(nk_sum(m->x, -j),
									 (NkPair) {-m->shape, 0});

	return excess.high;
}

/* log_density - logarithm of d_j */
static double
log_density(const Mixture *m, double j)
{
	double		shape = shape_at(m, j);

	return -nk_log_excess(shape) - nk_deviance(shape, m->x, -excess_at(m, j));
}

/* start - P_j or Q_j over d_j, by the fractions of gamma.c */
static double
start(const Mixture *m, double j, bool lower)
{
	NkTail		tail = nk_gamma_tail(m->x, shape_at(m, j), excess_at(m, j));

	return exp(nk_tail_probability(tail, lower, true) - log_density(m, j));
}

/* growth - w_j d_j over its predecessor */
static double
growth(const Mixture *m, double j)
{
	return m->rate / j * (m->x / shape_at(m, j));
}

/* the caller's loops are long where lambda is */
static void
check_interrupts(double j)
{
	if (((int64_t) j & 4095) == 0)
		nk_check_interrupts();
}

/* lower_sum - sum of all w_j P_j, in units of w_j d_j at the centre */
static double
lower_sum(const Mixture *m, double centre)
{
	double		j = centre;
	double		weight = 1;		/* w_j d_j */
	double		ratio;			/* P_j / d_j */
	double		term;			/* w_j P_j */
	double		sum;

	while (weight > NEGLIGIBLE)
	{
		weight *= growth(m, ++j);
		check_interrupts(j);
	}
	ratio = start(m, j, true);
	for (sum = ratio; j > centre; j--)
	{
		check_interrupts(j);
		ratio = 1 + ratio * m->x / shape_at(m, j);
		sum = ratio + sum * growth(m, j);
	}
	term = ratio;
	weight = 1;
	for (; j > 0 && term > NEGLIGIBLE * sum; j--)
	{
		check_interrupts(j);
		weight /= growth(m, j);
		term = weight + term * j / m->rate;
		sum += term;
	}
	return sum;
}

/* upper_sum - the same for w_j Q_j */
static double
upper_sum(const Mixture *m, double centre)
{
	double		j = centre;
	double		weight = 1;
	double		ratio;
	double		term;
	double		sum;

	while (j > 0 && weight > NEGLIGIBLE)
	{
		weight /= growth(m, j--);
		check_interrupts(j);
	}
	ratio = start(m, j, false);
	for (sum = ratio; j < centre;)
	{
		check_interrupts(++j);
		ratio = (ratio + 1) * shape_at(m, j) / m->x;
		sum = ratio + sum / growth(m, j);
	}
	term = ratio;
	weight = 1;
	while (term > NEGLIGIBLE * sum)
	{
		check_interrupts(++j);
		term = (term + weight) * m->rate / j;
		weight *= growth(m, j);
		sum += term;
	}
	return sum;
}

static NkTail
mixture_tail(const Mixture *m)
{
	double		reach = 2 * sqrt(m->rate) * sqrt(m->x);
	double		centre = floor(reach / (m->shape + hypot(m->shape, reach)) *
							   (reach / 2));
	NkTail		tail = {excess_at(m, 0) < m->rate, NK_UNDEFINED, 0};
	double		log_lead;

	if (m->x <= 0)
		return nk_no_tail(true);
	if (m->x == INFINITY)
		return nk_no_tail(false);
	if (m->rate == 0)
		return nk_gamma_tail(m->x, m->shape, excess_at(m, 0));
	if (!(centre < MOST_CENTRE))
		return tail;
	log_lead = nk_poisson_pmf((int64_t) centre, m->rate, true) +
		log_density(m, centre);
	if (tail.lower)
		tail.log_value = log_lead + log(lower_sum(m, centre));

	/* a small df heaps much of the mass below the mean */
	if (!tail.lower || tail.log_value > -0.5)
	{
		tail.lower = false;
		tail.log_value = log_lead + log(upper_sum(m, centre));
	}
	return tail;
}

double
nk_noncentral_chisq_cdf(double x, double df, double lambda, bool lower_tail,
						bool log_p)
{
	Mixture		m = {x / 2, df / 2, lambda / 2};

	if (!nk_is_positive(df) || !(lambda >= 0 && lambda < INFINITY) ||
		isnan(x))
		return NK_UNDEFINED;
	return nk_tail_probability(mixture_tail(&m), lower_tail, log_p);
}

/* what the search for lambda knows */
typedef struct Search
{
	double		x;
	double		df;
	NkTarget	target;
} Search;

static double
excess(double lambda, const void *context)
{
	const Search *s = context;

	return nk_noncentral_chisq_cdf(s->x, s->df, lambda, s->target.lower,
								   true) - s->target.log_p;
}

/*
 * nk_noncentral_chisq_parameter - the lambda for which the tail at x is p
 *
 * The lower tail falls in lambda and the upper one rises.  Where even the
 * central distribution has fallen too far, no lambda gives p and *lambda is
 * 0: for an interval of lambda, which ends there, that is the right bound.
 * A tail that only lambda without end would give: infinite.
 */
NkStatus
nk_noncentral_chisq_parameter(double p, double x, double df, bool lower_tail,
							  double *lambda)
{
	Search		s = {x, df, {false, 0}};
	NkStatus	status = nk_tail_target(p, lower_tail, false, &s.target);
	double		sign;
	double		bound;

	*lambda = NK_UNDEFINED;
	if (status != NK_OK)
		return status;
	if (!nk_is_positive(df) || !(x >= 0 && x < INFINITY))
		return NK_BAD_PARAMETER;
	sign = s.target.lower ? 1 : -1;
	*lambda = 0;
	if (!(sign * excess(0, &s) > 0))
		return NK_OK;
	*lambda = INFINITY;
	if (s.target.log_p == -INFINITY)
		return NK_OK;
	bound = fmax(1, x);
	for (int i = 0; sign * excess(bound, &s) > 0; i++, bound *= 2)
		if (i == MAX_DOUBLINGS)
			return NK_NOT_CONVERGED;
	return nk_find_root(excess, &s, 0, bound, lambda);
}
