/*
 * count.c - quantiles of counts: binomial, Poisson, hypergeometric, Fisher's
 * noncentral hypergeometric.
 *
 * The quantile of a lower tail p is the smallest x with P(X <= x) >= p, that
 * of an upper tail p the smallest x with P(X > x) <= p; both say the same of
 * p and 1 - p.  Since all mass lies in jumps, p may be one of the values of
 * the distribution, and rounding must not decide on which side of the jump it
 * falls.  So x counts as reached if the smaller one of the two tails that p
 * stands for is missed by at most 1e-12 of itself, or by 2^-53 where p is the
 * larger one, since a probability near 1 is not known any better.  With that,
 * the quantile of P(X <= x) is x.
 *
 * Method: bisection on the distribution functions, in a bracket that grows
 * from the mean by doubling.
 *
 * Policy: NK_BAD_PROBABILITY, NK_BAD_PARAMETER as in dist.h.  A lower tail of
 * 0 gives the least possible count, one of 1 the greatest; that of a Poisson
 * variable, which has none, is INT64_MAX.  In case of an error *x is -1.
 *
 * Tested by test/unit/test_count.c
 */
#include "dist.h"
#include "tail.h"

#define TOLERANCE 1e-12

typedef struct Counts Counts;

/* a distribution on the counts first .. last */
struct Counts
{
	double		(*cdf) (const Counts *c, int64_t x, bool lower);	/* logs */
	int64_t		first;
	int64_t		last;
	double		mean;
	double		rate;			/* parameters of either */
	double		probability;
	int64_t		n;
	int64_t		marked;
	int64_t		unmarked;
	int64_t		drawn;
	double		log_odds;
};

typedef struct Goal
{
	NkTarget	target;
	double		slack;			/* of the logarithm */
} Goal;

static Goal
goal_of(NkTarget target, double p, bool log_p)
{
	double		slack = TOLERANCE;

	if (!log_p && p > 0.5)
		slack = log1p(slack + 0.5 * DBL_EPSILON * exp(-target.log_p));
	return (Goal) {target, slack};
}

/* has_reached - does x, and with it every larger count, satisfy the goal? */
static bool
has_reached(const Counts *c, const Goal *goal, int64_t x)
{
	double		tail = c->cdf(c, x, goal->target.lower);

	nk_check_interrupts();
	return goal->target.lower ? tail >= goal->target.log_p - goal->slack
		: tail <= goal->target.log_p + goal->slack;
}

/* search - the smallest count that has reached the goal, at most the last */
static int64_t
search(const Counts *c, const Goal *goal)
{
	int64_t		low = c->first; /* has not reached it */
	int64_t		high = c->last; /* has, or is the last */
	int64_t		step = 1 + (int64_t) sqrt(c->mean);
	int64_t		at = c->mean < (double) high ? (int64_t) c->mean : high - 1;

	if (has_reached(c, goal, low))
		return low;
	if (at <= low && high - low > step)
		at = low + step;
	while (low < at && at < high)
	{
		if (has_reached(c, goal, at))
		{
			high = at;
			at = high - low > step ? high - step : low;
		}
		else
		{
			low = at;
			at = high - low > step ? low + step : high;
		}
		if (step < INT64_MAX / 4)
			step *= 2;
	}
	while (high - low > 1)
	{
		int64_t		middle = low + (high - low) / 2;

		if (has_reached(c, goal, middle))
			high = middle;
		else
			low = middle;
	}
	return high;
}

static NkStatus
quantile(const Counts *c, double p, bool lower_tail, bool log_p, int64_t *x)
{
	Goal		goal;
	NkTarget	target;
	NkStatus	status = nk_tail_target(p, lower_tail, log_p, &target);

	*x = -1;
	if (status != NK_OK)
		return status;
	goal = goal_of(target, p, log_p);
	if (target.log_p == -INFINITY)
		*x = target.lower ? c->first : c->last;
	else
		*x = search(c, &goal);
	return NK_OK;
}

static double
binomial(const Counts *c, int64_t x, bool lower)
{
	return nk_binomial_cdf(x, c->n, c->probability, lower, true);
}

NkStatus
nk_binomial_quantile(double p, int64_t n, double probability, bool lower_tail,
					 bool log_p, int64_t *x)
{
	Counts		c = {.cdf = binomial, .last = n, .n = n,
		.probability = probability, .mean = (double) n * probability
	};

	*x = -1;
	if (n < 0 || !(probability >= 0 && probability <= 1))
		return NK_BAD_PARAMETER;
	return quantile(&c, p, lower_tail, log_p, x);
}

static double
poisson(const Counts *c, int64_t x, bool lower)
{
	return nk_poisson_cdf(x, c->rate, lower, true);
}

NkStatus
nk_poisson_quantile(double p, double lambda, bool lower_tail, bool log_p,
					int64_t *x)
{
	Counts		c = {.cdf = poisson, .last = INT64_MAX, .rate = lambda,
		.mean = lambda
	};

	*x = -1;
	/* beyond, no count could be told from the next */
	if (!(lambda >= 0 && lambda < 0x1p53))
		return NK_BAD_PARAMETER;
	return quantile(&c, p, lower_tail, log_p, x);
}

/* a table with these margins; false if there is none */
static bool
fill_margins(Counts *c, int64_t marked, int64_t unmarked, int64_t drawn)
{
	double		all = (double) marked + (double) unmarked;

	c->first = drawn > unmarked ? drawn - unmarked : 0;
	c->last = drawn < marked ? drawn : marked;
	c->marked = marked;
	c->unmarked = unmarked;
	c->drawn = drawn;
	c->mean = all > 0 ? (double) marked * ((double) drawn / all) : 0;
	return marked >= 0 && unmarked >= 0 && drawn >= 0 &&
		(double) drawn <= all;
}

static double
hypergeometric(const Counts *c, int64_t x, bool lower)
{
	return nk_hypergeometric_cdf(x, c->marked, c->unmarked, c->drawn, lower,
								 true);
}

NkStatus
nk_hypergeometric_quantile(double p, int64_t marked, int64_t unmarked,
						   int64_t drawn, bool lower_tail, bool log_p,
						   int64_t *x)
{
	Counts		c = {.cdf = hypergeometric};

	*x = -1;
	if (!fill_margins(&c, marked, unmarked, drawn))
		return NK_BAD_PARAMETER;
	return quantile(&c, p, lower_tail, log_p, x);
}

static double
noncentral(const Counts *c, int64_t x, bool lower)
{
	return nk_noncentral_hypergeometric_cdf(x, c->marked, c->unmarked,
											c->drawn, c->log_odds, lower,
											true);
}

NkStatus
nk_noncentral_hypergeometric_quantile(double p, int64_t marked,
									  int64_t unmarked, int64_t drawn,
									  double log_odds_ratio, bool lower_tail,
									  bool log_p, int64_t *x)
{
	Counts		c = {.cdf = noncentral, .log_odds = log_odds_ratio};

	*x = -1;
	if (!fill_margins(&c, marked, unmarked, drawn) ||
		!isfinite(log_odds_ratio))
		return NK_BAD_PARAMETER;
	c.mean = nk_noncentral_hypergeometric_mean(marked, unmarked, drawn,
											   log_odds_ratio, 0);
	return quantile(&c, p, lower_tail, log_p, x);
}
