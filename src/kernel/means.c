/*
 * means.c - one mean with its interval, two means compared
 *
 * With n values of mean m and standard deviation s a group:
 *
 *	mean			m -+ t(n - 1) s / sqrt(n)
 *	difference		Welch's t: (m1 - m2) / sqrt(v1 + v2), v = s^2 / n, on
 *					(v1 + v2)^2 / (v1^2 / (n1 - 1) + v2^2 / (n2 - 1)) df;
 *					equal variances are not assumed
 *	hedges_g		J (m1 - m2) / s_pooled on k = n1 + n2 - 2 df, with
 *					J = Gamma(k / 2) / (sqrt(k / 2) Gamma((k - 1) / 2));
 *					its interval are the effects under which the pooled t
 *					would lie at either end of what chance explains
 *
 *   Welch B L (1947) The generalization of Student's problem when several
 *   different population variances are involved.  Biometrika 34:28-35.
 *   doi:10.1093/biomet/34.1-2.28
 *   Hedges L V (1981) Distribution theory for Glass's estimator of effect
 *   size.  Journal of Educational Statistics 6:107-128.
 *   doi:10.3102/10769986006002107
 *   Steiger J H, Fouladi R T (1997) Noncentrality interval estimation.  In:
 *   What if there were no significance tests?  Erlbaum.
 *
 * Not-a-number policy: what a group is too small for is NK_UNDEFINED.  A
 * group of equal values has no interval: nothing is known about its spread.
 *
 * Accuracy: 1e-12 relative, 1e-10 for the bounds of g; means and their
 * difference come from exact sums and are rounded once.
 * test/unit/test_means.c
 */
#include "means.h"

#include "dist.h"

NkStatus
nk_mean_interval(const NkMoments *m, double conf_level, NkInterval *result)
{
	double		z;
	double		t;
	double		reach;
	int			exponent;
	NkPair		mean = nk_moments_mean_pair(m);
	NkStatus	status = nk_critical_value(conf_level, &z);

	*result = NK_NO_INTERVAL;
	if (status != NK_OK)
		return status;
	result->estimate = nk_moments_mean(m);
	if (m->n < 2)
		return m->n == 0 ? NK_EMPTY : NK_TOO_FEW;
	reach = nk_moments_spread(m, &exponent) / sqrt((double) m->n - 1);
	if (reach == 0)
		return NK_NO_VARIATION;
	status = nk_t_critical_value(conf_level, (double) m->n - 1, &t);
	reach = ldexp(reach * t, exponent);
	result->lower = (mean.high - reach) + mean.low;
	result->upper = (mean.high + reach) + mean.low;
	return status;
}

double
nk_hedges_factor(double k)
{
	return exp(nk_log_gamma_rise((k - 1) / 2, 0.5) - log(k / 2) / 2);
}

/*
 * Two groups in units of a power of two near the larger spread, in which no
 * square leaves the range of doubles
 */
typedef struct Pair
{
	double		n_a;
	double		n_b;
	double		spread_a;		/* root mean squared distance from the mean */
	double		spread_b;
	double		difference;
	int			exponent;		/* of the unit */
} Pair;

static Pair
pair_of(const NkMoments *a, const NkMoments *b,
		const NkMeanComparison *result)
{
	Pair		pair = {.n_a = (double) a->n, .n_b = (double) b->n};
	int			exponent_a;
	int			exponent_b;

	pair.spread_a = nk_moments_spread(a, &exponent_a);
	pair.spread_b = nk_moments_spread(b, &exponent_b);
	if (pair.spread_a == 0 || (pair.spread_b > 0 && exponent_b > exponent_a))
		pair.exponent = exponent_b;
	else
		pair.exponent = exponent_a;
	pair.spread_a = ldexp(pair.spread_a, exponent_a - pair.exponent);
	pair.spread_b = ldexp(pair.spread_b, exponent_b - pair.exponent);
	if (isfinite(result->difference.estimate))
		pair.difference = ldexp(result->difference.estimate, -pair.exponent);
	else
		pair.difference = ldexp(result->mean_a, -pair.exponent) -
			ldexp(result->mean_b, -pair.exponent);
	return pair;
}

static NkStatus
welch(const Pair *pair, double conf_level, NkMeanComparison *result)
{
	double		error_a = pair->spread_a / sqrt(pair->n_a - 1);
	double		error_b = pair->spread_b / sqrt(pair->n_b - 1);
	double		error = hypot(error_a, error_b);
	double		share_a = error_a / error * (error_a / error);
	double		share_b = error_b / error * (error_b / error);
	double		df = 1 / (share_a * share_a / (pair->n_a - 1) +
						  share_b * share_b / (pair->n_b - 1));
	double		t;
	double		reach;
	NkStatus	status = nk_t_critical_value(conf_level, df, &t);

	result->test = nk_t_result(pair->difference / error, df);
	reach = ldexp(t * error, pair->exponent);
	result->difference.lower = result->difference.estimate - reach;
	result->difference.upper = result->difference.estimate + reach;
	return status;
}

static NkStatus
hedges(const Pair *pair, double conf_level, NkInterval *g)
{
	double		k = pair->n_a - 1 + (pair->n_b - 1);
	double		pooled = hypot(pair->spread_a * sqrt(pair->n_a / k),
							   pair->spread_b * sqrt(pair->n_b / k));
	double		root_n = sqrt(1 / (1 / pair->n_a + 1 / pair->n_b));
	double		t = pair->difference / pooled * root_n;
	double		unit = nk_hedges_factor(k) / root_n;
	double		tail = (1 - conf_level) / 2;
	NkStatus	status;

	if (!isfinite(t))
		return NK_NOT_CONVERGED;
	g->estimate = t * unit;
	status = nk_noncentral_t_parameter(tail, t, k, false, &g->lower);
	if (status == NK_OK)
		status = nk_noncentral_t_parameter(tail, t, k, true, &g->upper);
	g->lower *= unit;
	g->upper *= unit;
	return status;
}

NkStatus
nk_compare_means(const NkMoments *a, const NkMoments *b, double conf_level,
				 NkMeanComparison *result)
{
	double		z;
	Pair		pair;
	NkStatus	status = nk_critical_value(conf_level, &z);
	NkStatus	effect_status = NK_OK;

	*result = (NkMeanComparison) {
		nk_moments_mean(a), nk_moments_mean(b),
		{nk_moments_difference(a, b), NK_UNDEFINED, NK_UNDEFINED},
		NK_NO_INTERVAL, NK_NO_TEST
	};
	if (status != NK_OK)
		return status;
	if (a->n == 0 || b->n == 0)
		return NK_EMPTY;
	pair = pair_of(a, b, result);
	/* on fewer than 2 degrees of freedom g has no mean, and no factor */
	if (pair.n_a + pair.n_b >= 4 && pair.spread_a + pair.spread_b > 0)
		effect_status = hedges(&pair, conf_level, &result->hedges_g);
	if (a->n < 2 || b->n < 2)
		return NK_TOO_FEW;
	if (pair.spread_a + pair.spread_b == 0)
		return NK_NO_VARIATION;
	status = welch(&pair, conf_level, result);
	return status == NK_OK ? effect_status : status;
}
