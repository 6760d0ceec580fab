/*
 * homogeneity.c - tests over several proportions
 *
 * With x events of n children in a group, X of N in all, p = X / N, and
 * d = x N - n X, which is N times how far the group is from what is expected:
 *
 *	homogeneity	sum of d^2 / n, over X (N - X), df k - 1: Pearson's
 *				chi-square of the k x 2 table
 *	trend		(sum of d (s - mean s))^2 over X (N - X) times the sum of
 *				n (s - mean s)^2, df 1; Cochran 1954, Biometrics 10:417,
 *				doi 10.2307/3001616; Armitage 1955, Biometrics 11:375,
 *				doi 10.2307/3001775
 *	departure	homogeneity less trend, df k - 2: what a line does not explain
 *	slope		of the line through the shares, weighted by children
 *
 * Groups without children do not count.  Only differences of scores matter,
 * and their ratio; they are used as they are, never as ranks.  Sums are pairs
 * of doubles, since d, s - mean s and the departure cancel.  Their order is the
 * caller's; groups in a sorted order give the same bits always.
 * Accuracy: 1e-12 relative, held by test_homogeneity.
 */
#include "homogeneity.h"

#include "pair.h"

#define STEPS_PER_INTERRUPT_CHECK 4096

typedef struct Totals
{
	int64_t		groups;			/* those with children */
	int64_t		n;
	int64_t		events;
} Totals;

static inline void
check_interrupts(size_t step)
{
	if (step % STEPS_PER_INTERRUPT_CHECK == 0)
		nk_check_interrupts();
}

/* the totals, and what they alone say about the data */
static NkStatus
add_groups(const NkScoredProportion *groups, size_t count, Totals *totals)
{
	*totals = (Totals) {0, 0, 0};
	for (size_t i = 0; i < count; i++)
	{
		int64_t		n;

		check_interrupts(i);
		if (groups[i].n == 0)
			continue;
		if (__builtin_mul_overflow(groups[i].n, groups[i].times, &n) ||
			!nk_add(totals->n, n, &totals->n) ||
			!nk_add(totals->groups, groups[i].times, &totals->groups))
			return NK_OVERFLOW;
		totals->events += groups[i].events * groups[i].times;
	}
	if (totals->n == 0)
		return NK_EMPTY;
	if (totals->events == 0 || totals->events == totals->n)
		return NK_ZERO_MARGIN;
	return totals->groups < 2 ? NK_TOO_FEW : NK_OK;
}

/* x N - n X */
static NkPair
distance(const NkScoredProportion *group, const Totals *totals)
{
	return nk_pair_of_integer((__int128) group->events * totals->n -
							  (__int128) group->n * totals->events);
}

/* X (N - X) */
static NkPair
spread(const Totals *totals)
{
	return nk_pair_of_integer((__int128) totals->events *
							  (totals->n - totals->events));
}

/* a group's term of a sum, as often as there are such groups */
static void
add_term(NkPair *sum, NkPair term, int64_t times)
{
	*sum = nk_pair_add(*sum, nk_pair_multiply(term,
											  nk_pair_of_integer(times)));
}

static NkPair
homogeneity(const NkScoredProportion *groups, size_t count,
			const Totals *totals)
{
	NkPair		sum = {0, 0};

	for (size_t i = 0; i < count; i++)
	{
		NkPair		d = distance(&groups[i], totals);

		check_interrupts(i);
		if (groups[i].n > 0)
			add_term(&sum, nk_pair_divide(nk_pair_multiply(d, d),
										  nk_pair_of_integer(groups[i].n)),
					 groups[i].times);
	}
	return nk_pair_divide(sum, spread(totals));
}

NkStatus
nk_homogeneity_test(const NkScoredProportion *groups, size_t count,
					NkTestResult *result)
{
	Totals		totals;
	NkStatus	status = add_groups(groups, count, &totals);

	*result = NK_NO_TEST;
	if (status == NK_OK)
		*result = nk_chisq_result(homogeneity(groups, count, &totals).high,
								  (double) (totals.groups - 1));
	return status;
}

/*
 * The exponent of the largest score: divided by that power of two, scores
 * neither overflow nor vanish when they are squared.
 */
static NkStatus
scale_of_scores(const NkScoredProportion *groups, size_t count, int *scale)
{
	const NkScoredProportion *first = NULL;
	bool		vary = false;
	double		largest = 0;

	for (size_t i = 0; i < count; i++)
	{
		check_interrupts(i);
		if (!isfinite(groups[i].score))
			return NK_BAD_SCORE;
		if (groups[i].n == 0)
			continue;
		if (first == NULL)
			first = &groups[i];
		vary |= groups[i].score != first->score;
		largest = fmax(largest, fabs(groups[i].score));
	}
	frexp(largest, scale);
	return vary ? NK_OK : NK_NO_VARIATION;
}

/* sum of n s / N, of scaled scores */
static NkPair
mean_score(const NkScoredProportion *groups, size_t count, int64_t n,
		   int scale)
{
	NkPair		sum = {0, 0};

	for (size_t i = 0; i < count; i++)
	{
		check_interrupts(i);
		if (groups[i].n > 0)
			add_term(&sum, nk_pair_scale(nk_pair_of_integer(groups[i].n),
										 ldexp(groups[i].score, -scale)),
					 groups[i].times);
	}
	return nk_pair_divide(sum, nk_pair_of_integer(n));
}

NkStatus
nk_trend_test(const NkScoredProportion *groups, size_t count, NkTrend *result)
{
	Totals		totals;
	NkStatus	status = add_groups(groups, count, &totals);
	NkStatus	scores;
	int			scale;
	NkPair		mean;
	NkPair		product = {0, 0};	/* sum of d (s - mean s) */
	NkPair		square = {0, 0};	/* sum of n (s - mean s)^2 */
	NkPair		trend;

	result->trend = NK_NO_TEST;
	result->departure = NK_NO_TEST;
	result->slope = NK_UNDEFINED;
	scores = scale_of_scores(groups, count, &scale);
	if (scores >= NK_FIRST_ERROR || status == NK_OK)
		status = scores;
	if (status != NK_OK)
		return status;

	mean = mean_score(groups, count, totals.n, scale);
	for (size_t i = 0; i < count; i++)
	{
		NkPair		s = nk_pair_add((NkPair) {ldexp(groups[i].score, -scale), 0},
									nk_pair_negate(mean));

		check_interrupts(i);
		if (groups[i].n == 0)
			continue;
		add_term(&product, nk_pair_multiply(distance(&groups[i], &totals), s),
				 groups[i].times);
		add_term(&square, nk_pair_multiply(nk_pair_of_integer(groups[i].n),
										   nk_pair_multiply(s, s)),
				 groups[i].times);
	}
	trend = nk_pair_divide(nk_pair_multiply(product, product),
						   nk_pair_multiply(spread(&totals), square));
	result->trend = nk_chisq_result(trend.high, 1);
	result->slope = ldexp(product.high / (double) totals.n / square.high,
						  -scale);
	if (totals.groups > 2)
	{
		NkPair		all = homogeneity(groups, count, &totals);
		NkPair		rest = nk_pair_add(all, nk_pair_negate(trend));

		result->departure = nk_chisq_result(fmax(0, rest.high),
											(double) (totals.groups - 2));
	}
	return NK_OK;
}
