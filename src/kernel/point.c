/*
 * point.c - probabilities of single counts: binomial, Poisson,
 * hypergeometric.
 *
 * Method: Loader's saddle point.  A factorial is written as
 *
 *		n! = (n / e)^n exp(excess(n))
 *
 * so that the large parts of all factorials and powers meet in deviances,
 * o log(o / e) + e - o, one for each observed count o with expectation e.
 * They are never negative, hence nothing cancels; what a difference of
 * log-gammas loses (eight digits at a million) stays.  Excesses are in
 * factorial.c.  The hypergeometric
 * probability is that of a fourfold table: four deviances from the expected
 * cells, and the excesses of its margins and cells.
 *
 *   Loader C (2000) Fast and accurate computation of binomial probabilities.
 *
 * Counts are exact to 2^53; beyond that they are rounded to double, and the
 * accuracy is that of the rounded counts.
 *
 * Not-a-number policy: NK_UNDEFINED for a negative size, a probability
 * outside [0, 1], more drawn than there are; a count that cannot happen has
 * probability 0.
 *
 * Accuracy: relative error below 1e-12 of 60-digit references, down to
 * probabilities of 1e-300 and for counts to 1e9.  test/unit/test_point.c
 */
#include "dist.h"
#include "pair.h"

/*
 * nk_deviance - o log(o / e) + e - o, without cancellation
 *
 * difference is o - e, which the caller knows better than two rounded values
 * can tell.  With v = (o - e) / (o + e) the deviance is
 * (o - e) v + 2 o (atanh v - v); the series serves to a ratio of three.
 */
double
nk_deviance(double observed, double expected, double difference)
{
	double		v = difference / (observed + expected);
	double		ratio = observed / expected;
	double		power = v;
	double		sum = 0;

	if (observed == 0)
		return expected;
	if (fabs(v) >= 0.5)
	{
		double		log_ratio = ratio > 1e-300 && ratio < 1e300
			? log(ratio) : log(observed) - log(expected);

		return observed * log_ratio - difference;
	}
	for (int j = 3; fabs(power) > 1e-17 * fabs(v); j += 2)
	{
		power *= v * v;
		sum += power / j;
	}
	return difference * v + 2 * observed * sum;
}

/* on_scale - a probability from its logarithm */
static double
on_scale(double log_value, bool log_p)
{
	return log_p ? log_value : exp(log_value);
}

double
nk_binomial_pmf(int64_t x, int64_t n, double p, bool log_p)
{
	NkPair		expected = nk_product((double) n, p);
	double		hits = (double) x;
	double		misses;
	double		difference = (hits - expected.high) - expected.low;

	if (n < 0 || !(p >= 0 && p <= 1))
		return NK_UNDEFINED;
	if (x < 0 || x > n)
		return on_scale(-INFINITY, log_p);
	misses = (double) (n - x);
	return on_scale(nk_log_excess((double) n) - nk_log_excess(hits) -
					nk_log_excess(misses) -
					nk_deviance(hits, expected.high, difference) -
					nk_deviance(misses, (double) n * (1 - p), -difference),
					log_p);
}

double
nk_poisson_pmf(int64_t x, double lambda, bool log_p)
{
	double		events = (double) x;

	if (!(lambda >= 0 && lambda < INFINITY))
		return NK_UNDEFINED;
	if (x < 0)
		return on_scale(-INFINITY, log_p);
	return on_scale(-nk_log_excess(events) -
					nk_deviance(events, lambda, events - lambda), log_p);
}

/*
 * nk_hypergeometric_pmf - probability of x marked among those drawn
 *
 * The cells of the table are x, marked - x, drawn - x and the rest; each lies
 * as far from its expectation as the first, with the sign of its corner.
 */
double
nk_hypergeometric_pmf(int64_t x, int64_t marked, int64_t unmarked,
					  int64_t drawn, bool log_p)
{
	double		all = (double) marked + (double) unmarked;
	double		m = (double) marked;
	double		u = (double) unmarked;
	double		d = (double) drawn;
	double		rest = all - d;
	NkPair		surplus;
	double		difference;
	double		log_value;

	if (marked < 0 || unmarked < 0 || drawn < 0 || d > all)
		return NK_UNDEFINED;
	if (x < 0 || x > marked || x > drawn || drawn - x > unmarked)
		return on_scale(-INFINITY, log_p);
	if (all == 0)
		return on_scale(0, log_p);

	surplus = nk_pair_add(nk_product((double) x, all),
						  nk_pair_negate(nk_product(m, d)));
	difference = surplus.high / all;
	log_value = nk_log_excess(m) + nk_log_excess(u) + nk_log_excess(d) +
		nk_log_excess(rest) - nk_log_excess(all) - nk_log_excess((double) x) -
		nk_log_excess((double) (marked - x)) -
		nk_log_excess((double) (drawn - x)) -
		nk_log_excess((double) (unmarked - (drawn - x)));
	log_value -= nk_deviance((double) x, m * d / all, difference) +
		nk_deviance((double) (marked - x), m * rest / all, -difference) +
		nk_deviance((double) (drawn - x), u * d / all, -difference) +
		nk_deviance((double) (unmarked - (drawn - x)), u * rest / all,
					difference);
	return on_scale(log_value, log_p);
}
