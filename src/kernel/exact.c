/*
 * exact.c - two-sided exact tests by point probability
 *
 * An outcome is as extreme as the observed one if it is as probable or less.
 * Two outcomes whose true probabilities are equal are computed in different
 * ways, so probabilities are compared with a relative tolerance of 1e-7;
 * without it 77 of 19955 random 2 x 2 tables change, one from 1.000 to 0.551.
 *
 * The distributions are unimodal, so the outcomes below a probability are two
 * tails.  Their ends are found by bisection and the tails are distribution
 * functions: the cost does not grow with the counts.  Ties lie next to them;
 * 20000 at most, where 2^53 children meet at the mode.  A short support of the
 * hypergeometric distribution is added up as it is, ten times as fast.
 *
 * Mid-P: Lancaster 1961, J Am Stat Assoc 56:223; Lydersen, Fagerland & Laake
 * 2009, Stat Med 28:1159.  Accuracy: that of the distribution functions;
 * test_compare and test_paired hold 1e-12.
 */
#include "exact.h"

#include "dist.h"

#define TIE_TOLERANCE	1e-7

/* above it a double no longer tells one count from the next */
#define MOST_CHILDREN	((int64_t) 1 << 53)

typedef struct Discrete Discrete;

/* a unimodal distribution on the integers first .. last */
struct Discrete
{
	int64_t		first;
	int64_t		last;
	int64_t		mode;
	int64_t		children;
	double		(*log_pmf) (const Discrete *d, int64_t x);
	double		(*tail) (const Discrete *d, int64_t x, bool lower);	/* with x */
	double		p;				/* parameters of either */
	int64_t		n;
	int64_t		marked;
	int64_t		unmarked;
	int64_t		drawn;
};

/*
 * last_within - the outcome farthest from good, on the way to bad, that is
 * still as improbable as limit says
 *
 * Going from an end of the support (good) towards the mode (bad) the
 * probability rises.  The last one before bad is asked first: where bad is the
 * observed outcome, it is the answer.
 */
static int64_t
last_within(const Discrete *d, int64_t good, int64_t bad, double limit)
{
	int64_t		middle = good < bad ? bad - 1 : bad + 1;

	while (good - bad > 1 || bad - good > 1)
	{
		if (d->log_pmf(d, middle) <= limit)
			good = middle;
		else
			bad = middle;
		middle = good + (bad - good) / 2;
	}
	return good;
}

/* the probability of one that is tied with the observed outcome */
static double
tied(const Discrete *d, int64_t x, double observed)
{
	double		log_p = d->log_pmf(d, x);

	nk_check_interrupts();
	return log_p <= observed + log1p(TIE_TOLERANCE) ? exp(log_p) : 0;
}

static NkStatus
exact_test(const Discrete *d, int64_t x, NkExactTest *result)
{
	int64_t		low = d->first - 1; /* last of the lower tail */
	int64_t		high = d->last + 1; /* first of the upper tail */
	double		observed;
	double		below;
	double		less = 0;
	double		ties = 0;
	double		p;

	result->p_value = result->mid_p = NK_UNDEFINED;
	if (d->children > MOST_CHILDREN)
		return NK_NOT_CONVERGED;
	observed = d->log_pmf(d, x);
	below = observed + log1p(-TIE_TOLERANCE);
	if (d->log_pmf(d, d->first) <= below)
	{
		low = last_within(d, d->first, x < d->mode ? x : d->mode, below);
		less += d->tail(d, low, true);
	}
	if (d->log_pmf(d, d->last) <= below)
	{
		high = last_within(d, d->last, x > d->mode ? x : d->mode, below);
		less += d->tail(d, high, false);
	}
	/* the ties come next: x itself, and hardly ever more than a few */
	for (; low + 1 < high && (p = tied(d, low + 1, observed)) > 0; low++)
		ties += p;
	for (; high - 1 > low && (p = tied(d, high - 1, observed)) > 0; high--)
		ties += p;
	result->p_value = low + 1 == high ? 1 : less + ties;
	result->mid_p = less / 2 + result->p_value / 2;
	if (!isfinite(result->p_value) || !isfinite(result->mid_p))
	{
		result->p_value = result->mid_p = NK_UNDEFINED;
		return NK_NOT_CONVERGED;
	}
	result->p_value = fmin(1, result->p_value);
	result->mid_p = fmin(1, result->mid_p);
	return NK_OK;
}

static double
binomial_log_pmf(const Discrete *d, int64_t x)
{
	return nk_binomial_pmf(x, d->n, d->p, true);
}

static double
binomial_tail(const Discrete *d, int64_t x, bool lower)
{
	/* the upper tail of the library's functions leaves its bound out */
	return nk_binomial_cdf(lower ? x : x - 1, d->n, d->p, lower, false);
}

NkStatus
nk_exact_binomial(int64_t x, int64_t n, double p, NkExactTest *result)
{
	Discrete	d = {
		.first = 0,
		.last = n,
		.children = n,
		.log_pmf = binomial_log_pmf,
		.tail = binomial_tail,
		.p = p,
		.n = n
	};

	d.mode = (int64_t) fmin(floor(((double) n + 1) * p), (double) n);
	return exact_test(&d, x, result);
}

static double
hypergeometric_log_pmf(const Discrete *d, int64_t x)
{
	return nk_hypergeometric_pmf(x, d->marked, d->unmarked, d->drawn, true);
}

static double
hypergeometric_tail(const Discrete *d, int64_t x, bool lower)
{
	return nk_hypergeometric_cdf(lower ? x : x - 1, d->marked, d->unmarked,
								 d->drawn, lower, false);
}

/* a support that is short enough to look at all of it */
#define SHORT_SUPPORT	400

/* less likely than this, weights relative to the mode's may vanish */
#define LEAST_WEIGHT	1e-250

/* how much more probable t + 1 marked are than t */
static double
odds_of_next(const Discrete *d, int64_t t)
{
	return ((double) (d->marked - t) * (double) (d->drawn - t)) /
		((double) (t + 1) * (double) (d->unmarked - d->drawn + t + 1));
}

/*
 * short_hypergeometric - every outcome's weight from its neighbour's, the
 * mode's being 1: no logarithm, a division or two an outcome
 *
 * A weight is off by three roundings a step from the mode, 1e-13 at most.
 * False if the observed outcome is too far out for that.
 */
static bool
short_hypergeometric(const Discrete *d, int64_t x, NkExactTest *result)
{
	double		weight[SHORT_SUPPORT + 1];
	int			last = (int) (d->last - d->first);
	int			mode = (int) (d->mode - d->first);
	double		observed;
	double		less = 0;
	double		ties = 0;
	double		more = 0;

	weight[mode] = 1;
	for (int i = mode; i < last; i++)
		weight[i + 1] = weight[i] * odds_of_next(d, d->first + i);
	for (int i = mode; i > 0; i--)
		weight[i - 1] = weight[i] / odds_of_next(d, d->first + i - 1);
	observed = weight[x - d->first];
	if (observed < LEAST_WEIGHT)
		return false;
	for (int i = 0; i <= last; i++)
	{
		if (weight[i] > observed * (1 + TIE_TOLERANCE))
			more += weight[i];
		else if (weight[i] > observed * (1 - TIE_TOLERANCE))
			ties += weight[i];
		else
			less += weight[i];
	}
	result->p_value = more == 0 ? 1 : (less + ties) / (less + ties + more);
	result->mid_p = (less + ties / 2) / (less + ties + more);
	return true;
}

NkStatus
nk_exact_hypergeometric(int64_t x, int64_t marked, int64_t unmarked,
						int64_t drawn, NkExactTest *result)
{
	Discrete	d = {
		.first = drawn > unmarked ? drawn - unmarked : 0,
		.last = drawn < marked ? drawn : marked,
		.children = marked + unmarked,
		.log_pmf = hypergeometric_log_pmf,
		.tail = hypergeometric_tail,
		.marked = marked,
		.unmarked = unmarked,
		.drawn = drawn
	};

	/* the product of two counts does not fit a count */
	d.mode = (int64_t) (((__int128) drawn + 1) * ((__int128) marked + 1) /
						((__int128) marked + unmarked + 2));
	if (d.last - d.first <= SHORT_SUPPORT && d.children <= MOST_CHILDREN &&
		short_hypergeometric(&d, x, result))
		return NK_OK;
	return exact_test(&d, x, result);
}
