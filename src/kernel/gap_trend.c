/*
 * gap_trend.c - does the gap fall or rise with age?
 *
 * A child's score is 1 with the first fact alone, -1 with the second alone and
 * else 0, so that the gap is the mean score.  With N children in all, n of an
 * age, S the sum and T the sum of squares of all scores, s the sum at an age
 * and d = N s - n S, which is N n times how far the gap of an age is from that
 * of all:
 *
 *	trend		(N - 1) r^2, r the correlation of age and score over children:
 *				linear-by-linear association, Mantel 1963, J Am Stat Assoc
 *				58:690, doi 10.1080/01621459.1963.10500879
 *	departure	(N - 1) (eta^2 - r^2), eta the correlation ratio, df ages - 2
 *	slope		of the line through the scores of all children, a year
 *
 *		r^2 = (sum of d a)^2 / (V W)		V = N T - S^2
 *		eta^2 = sum of d^2 / n / (N V)		W = N sum of n a^2 - (sum of n a)^2
 *
 * The squares and products are sums of whole numbers of 128 bits, or of pairs
 * of doubles, so nothing cancels.  The reference distribution is that of ages
 * dealt to children anew: under it all ages have one variance.
 *
 * With clusters the covariance of the gaps is given: the same slope over its
 * standard error, and second differences of the gaps against theirs, as F
 * (Korn & Graubard 1990, Am Stat 44:270, doi 10.1080/00031305.1990.10475737).
 *
 * Accuracy: 1e-14 relative, p 1e-12, with clusters 1e-9; held by
 * test_gap_trend.  That p is honest under no trend, also where the ages have
 * different variances, is measured by test/coverage/gap_trend.c.
 */
#include "gap_trend.h"

#include "linear.h"
#include "pair.h"

/* sums over all children, ages counted from the first one */
typedef struct Totals
{
	int64_t		n;
	int64_t		score;
	int64_t		squares;		/* of scores */
	__int128	age;
	__int128	age_squares;
} Totals;

static int64_t
score(const NkGapAge *at)
{
	return at->pair.first_only - at->pair.second_only;
}

static int64_t
years(const NkGaps *gaps, int i)
{
	return gaps->at[i].age - gaps->at[0].age;
}

static Totals
add_up(const NkGaps *gaps)
{
	Totals		totals = {0};

	for (int i = 0; i < gaps->count; i++)
	{
		const NkGapAge *at = &gaps->at[i];
		__int128	child_years = (__int128) at->n * years(gaps, i);

		totals.n += at->n;
		totals.score += score(at);
		totals.squares += at->pair.first_only + at->pair.second_only;
		totals.age += child_years;
		totals.age_squares += child_years * years(gaps, i);
	}
	return totals;
}

/* N sum of n a^2 - (sum of n a)^2 */
static NkPair
spread_of_ages(const Totals *totals)
{
	NkPair		n = nk_pair_of_integer(totals->n);
	NkPair		age = nk_pair_of_integer(totals->age);
	NkPair		squares = nk_pair_of_integer(totals->age_squares);

	return nk_pair_add(nk_pair_multiply(n, squares),
					   nk_pair_negate(nk_pair_multiply(age, age)));
}

static void
test_children(const NkGaps *gaps, NkTrend *result)
{
	Totals		totals = add_up(gaps);
	NkPair		spread = nk_pair_of_integer((__int128) totals.n * totals.squares -
											(__int128) totals.score * totals.score);
	NkPair		ages = spread_of_ages(&totals);
	NkPair		free = nk_pair_of_integer(totals.n - 1);
	NkPair		along = {0, 0}; /* sum of d a */
	NkPair		between = {0, 0};	/* sum of d^2 / n */
	NkPair		trend;

	for (int i = 0; i < gaps->count; i++)
	{
		const NkGapAge *at = &gaps->at[i];
		NkPair		d = nk_pair_of_integer((__int128) totals.n * score(at) -
										   (__int128) at->n * totals.score);

		along = nk_pair_add(along, nk_pair_scale(d, (double) years(gaps, i)));
		between = nk_pair_add(between,
							  nk_pair_divide(nk_pair_multiply(d, d),
											 nk_pair_of_integer(at->n)));
	}
	trend = nk_pair_divide(nk_pair_multiply(nk_pair_divide(along, ages),
											nk_pair_multiply(along, free)),
						   spread);
	result->trend = nk_chisq_result(trend.high, 1);
	result->slope = along.high / ages.high;
	if (gaps->count > 2)
	{
		NkPair		n = nk_pair_of_integer(totals.n);
		NkPair		all = nk_pair_multiply(nk_pair_divide(between, n),
										   nk_pair_divide(free, spread));

		result->departure =
			nk_chisq_result(fmax(0, nk_pair_add(all, nk_pair_negate(trend)).high),
							gaps->count - 2);
	}
}

/* a' covariance b */
static double
covariance(const NkGaps *gaps, const double *a, const double *b)
{
	double		sum = 0;

	for (int i = 0; i < gaps->count; i++)
		sum += a[i] * nk_dot(gaps->covariance + i * gaps->count, b,
							 gaps->count);
	return sum;
}

static NkStatus
test_slope(const NkGaps *gaps, NkTrend *result)
{
	Totals		totals = add_up(gaps);
	double		mean = (double) totals.age / (double) totals.n;
	double		squares = spread_of_ages(&totals).high / (double) totals.n;
	double		share[NK_CURVE_AGES];	/* of each gap in the slope */
	double		slope = 0;
	double		variance;

	for (int i = 0; i < gaps->count; i++)
	{
		share[i] = (double) gaps->at[i].n *
			((double) years(gaps, i) - mean) / squares;
		slope += share[i] * gaps->at[i].gap;
	}
	variance = covariance(gaps, share, share);
	if (!(variance > 0))
		return NK_NO_VARIATION;
	result->slope = slope;
	result->trend = nk_f_result(slope / variance * slope, 1, gaps->df);
	return NK_OK;
}

/* divided second differences are 0 on a line, and span all that are */
static void
test_bends(const NkGaps *gaps, NkTrend *result)
{
	int			bends = gaps->count - 2;
	double		contrast[NK_CURVE_AGES][NK_CURVE_AGES] = {{0}};
	double		root[NK_CURVE_AGES * NK_CURVE_AGES];
	double		bend[NK_CURVE_AGES];
	double		free = gaps->df - bends + 1;

	if (bends < 1 || !(free > 0))
		return;
	for (int i = 0; i < bends; i++)
	{
		double		before = (double) (years(gaps, i + 1) - years(gaps, i));
		double		after = (double) (years(gaps, i + 2) - years(gaps, i + 1));

		contrast[i][i] = 1 / before;
		contrast[i][i + 1] = -1 / before - 1 / after;
		contrast[i][i + 2] = 1 / after;
		bend[i] = (gaps->at[i].gap - gaps->at[i + 1].gap) / before +
			(gaps->at[i + 2].gap - gaps->at[i + 1].gap) / after;
		for (int j = 0; j <= i; j++)
			root[i * bends + j] = covariance(gaps, contrast[i], contrast[j]);
	}
	if (!nk_cholesky(root, bends))
		return;
	nk_solve_lower(root, bend, bends);
	result->departure = nk_f_result(nk_dot(bend, bend, bends) * free /
									(gaps->df * bends), bends, free);
}

NkStatus
nk_gap_trend(const NkGaps *gaps, NkTrend *result)
{
	NkStatus	status;
	Totals		totals = add_up(gaps);

	result->trend = result->departure = NK_NO_TEST;
	result->slope = NK_UNDEFINED;
	if (gaps->count == 0)
		return NK_EMPTY;
	if (gaps->count == 1)
		return NK_NO_VARIATION;
	if (gaps->clustered)
	{
		status = test_slope(gaps, result);
		if (status == NK_OK)
			test_bends(gaps, result);
		return status;
	}
	if ((__int128) totals.n * totals.squares ==
		(__int128) totals.score * totals.score)
		return NK_NO_VARIATION;
	test_children(gaps, result);
	return NK_OK;
}
