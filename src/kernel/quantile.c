/*
 * quantile.c - medians, quantiles and shares of a distribution of values
 *
 *	quantile	linear interpolation between order statistics at (n - 1) p:
 *				type 7 of Hyndman & Fan 1996, Am Stat 50:361, in the steps of
 *				PostgreSQL's percentile_cont, so that the two agree to the bit
 *	interval	between two order statistics x(l) and x(u), where for B of the
 *				binomial distribution (n, p) l is the largest rank with
 *				P(B < l) <= alpha/2 and u the least with P(B >= u) <= alpha/2.
 *				Conover 1999, Practical Nonparametric Statistics, 3.2.  It
 *				covers the quantile with at least the level asked for, whatever
 *				the distribution, with ties too.
 *
 * Few children give no bound: the median of 5 may lie beyond all of them with
 * a probability of 1/32.  doi 10.1080/00031305.1996.10473566.  Tested by
 * test_quantile.
 */
#include "quantile.h"

#include "dist.h"

/* an entry, and how many children lie in those before it */
typedef struct Place
{
	size_t		entry;
	int64_t		below;
} Place;

/*
 * order_statistic - the value of the child at rank 0 to n - 1
 *
 * The search goes on from the place of the last one.
 */
static double
order_statistic(const NkValues *values, int64_t rank, Place *place)
{
	if (rank < place->below)
		*place = (Place) {0, 0};
	while (rank - place->below >= values->entries[place->entry].count)
	{
		place->below += values->entries[place->entry].count;
		if (++place->entry % 4096 == 0)
			nk_check_interrupts();
	}
	return nk_double_of_word(values->entries[place->entry].value);
}

static double
quantile(const NkValues *values, double p, Place *place)
{
	double		at = p * ((double) values->n - 1);
	double		part = at - floor(at);
	int64_t		last = values->n - 1;
	double		low;
	double		high;

	/* beyond 2^53 the product may be one too large */
	low = order_statistic(values, at < (double) last ? (int64_t) at : last,
						  place);
	if (part == 0)
		return low;
	high = order_statistic(values, (int64_t) at + 1, place);
	/* the distance of two numbers may be too large for one */
	if (isinf(high - low))
		return low * (1 - part) + high * part;
	return low + part * (high - low);
}

NkStatus
nk_quantiles(const NkValues *values, const double *p, size_t k,
			 double *quantiles)
{
	Place		place = {0, 0};

	for (size_t i = 0; i < k; i++)
	{
		double		at = p[i];

		if (at < 0 || at > 1)
			return NK_BAD_PROBABILITY;
		quantiles[i] = values->n > 0 && !isnan(at) ?
			quantile(values, at, &place) : NK_UNDEFINED;
	}
	return values->n > 0 ? NK_OK : NK_EMPTY;
}

double
nk_median(const NkValues *values)
{
	Place		place = {0, 0};

	return values->n > 0 ? quantile(values, 0.5, &place) : NK_UNDEFINED;
}

/*
 * last_rank - the largest number l of 0 to n with P(fewer than l of n) <= tail
 *
 * Each of the n is counted with probability p.
 */
static int64_t
last_rank(int64_t n, double p, double tail)
{
	int64_t		good = 0;
	int64_t		bad = n;

	if (nk_binomial_cdf(n - 1, n, p, true, false) <= tail)
		return n;
	while (bad - good > 1)
	{
		int64_t		middle = good + (bad - good) / 2;

		nk_check_interrupts();
		if (nk_binomial_cdf(middle - 1, n, p, true, false) <= tail)
			good = middle;
		else
			bad = middle;
	}
	return good;
}

/* the same for P(at least u of n) <= tail and the least u of 1 to n + 1 */
static int64_t
first_rank(int64_t n, double p, double tail)
{
	int64_t		bad = 0;
	int64_t		good = n + 1;

	while (good - bad > 1)
	{
		int64_t		middle = bad + (good - bad) / 2;

		nk_check_interrupts();
		if (nk_binomial_cdf(middle - 1, n, p, false, false) <= tail)
			good = middle;
		else
			bad = middle;
	}
	return good;
}

NkStatus
nk_quantile_interval(const NkValues *values, double p, double conf_level,
					 NkInterval *result)
{
	double		tail = (1 - conf_level) / 2;
	Place		place = {0, 0};
	double		z;
	NkStatus	status = nk_critical_value(conf_level, &z);
	int64_t		lower;
	int64_t		upper;

	*result = NK_NO_INTERVAL;
	if (status != NK_OK)
		return status;
	if (!(p >= 0 && p <= 1))
		return NK_BAD_PROBABILITY;
	if (values->n == 0)
		return NK_EMPTY;

	lower = last_rank(values->n, p, tail);
	upper = first_rank(values->n, p, tail);
	if (lower >= 1)
		result->lower = order_statistic(values, lower - 1, &place);
	result->estimate = quantile(values, p, &place);
	if (upper <= values->n)
		result->upper = order_statistic(values, upper - 1, &place);
	/* at a low level the estimate may lie beyond: a wider interval is right */
	result->lower = result->lower > result->estimate ?
		result->estimate : result->lower;
	result->upper = result->upper < result->estimate ?
		result->estimate : result->upper;
	return lower >= 1 && upper <= values->n ? NK_OK : NK_TOO_FEW;
}

int64_t
nk_at_least(const NkValues *values, double level)
{
	size_t		below = 0;
	size_t		beyond = values->count;
	int64_t		n = 0;

	if (isnan(level))
		return 0;
	while (below < beyond)
	{
		size_t		middle = below + (beyond - below) / 2;

		if (values->entries[middle].value < nk_word_of_double(level))
			below = middle + 1;
		else
			beyond = middle;
	}
	for (size_t i = below; i < values->count; i++)
	{
		if (i % 4096 == 0)
			nk_check_interrupts();
		n += values->entries[i].count;
	}
	return n;
}

NkLevel
nk_level(const NkValues *values, size_t i, int64_t reached, double z)
{
	NkProportion have = {.n = values->n, .events = values->entries[i].count};
	NkProportion reach = {.n = values->n, .events = reached};

	return (NkLevel) {
		.value = nk_double_of_word(values->entries[i].value),
		.n = have.events,
		.share = nk_proportion_estimate(&have),
		.at_least = nk_wilson(&reach, z)
	};
}
