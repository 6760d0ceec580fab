/*
 * moments.h - the summary of a measured number: how many, their sum and the
 * sum of their squares, both exact
 */
#ifndef NK_MOMENTS_H
#define NK_MOMENTS_H

#include "exact_sum.h"
#include "summary.h"

#pragma GCC visibility push(hidden)

/*
 * In working form all digits of both sums are there.  In canonical form each
 * sum begins and ends with a digit that is not 0, so that a hundred bytes
 * hold what usual data need.
 */
typedef struct NkMoments
{
	NkSummary	header;			/* rows: digits of the sum; columns: of squares */
	int64_t		n;
	int64_t		n_not_finite;	/* NaN and infinite values, not in n */
	int32_t		sum_place;		/* of the first digit kept */
	int32_t		squares_place;
	int64_t		digits[];		/* the sum's, then those of the squares */
} NkMoments;

#define NK_MOMENTS_WORKING \
	(sizeof(NkMoments) + \
	 (NK_SUM_DIGITS + NK_SQUARES_DIGITS) * sizeof(int64_t))

extern const NkSummaryKind nk_moments_kind;

static inline bool
nk_moments_is_working(const NkMoments *m)
{
	return m->header.rows == NK_SUM_DIGITS &&
		m->header.columns == NK_SQUARES_DIGITS;
}

extern void nk_moments_carry(NkMoments *m);

/* one more value, into the working form; n must not be full */
static inline void
nk_moments_add(NkMoments *m, double x)
{
	NkDoubleParts parts;

	if (!nk_double_parts(x, &parts))
	{
		m->n_not_finite++;
		return;
	}
	nk_digits_add_double(m->digits, &parts);
	nk_digits_add_square(m->digits + NK_SUM_DIGITS, &parts);
	/* who merges carries, so that between two multiples there is no more */
	if (++m->n % NK_SUM_LAZY == 0)
		nk_moments_carry(m);
}

/*
 * n values of that mean and sample variance, exactly, into the empty working
 * form.  NK_NEGATIVE_COUNT; NK_BAD_MOMENTS: no values have these.
 */
extern NkStatus nk_moments_make(NkMoments *m, int64_t n, double mean,
								double variance);

/*
 * Each is rounded once.  NK_UNDEFINED where n is too small; infinite where
 * the result is beyond the largest double.
 */
extern double nk_moments_mean(const NkMoments *m);
extern double nk_moments_variance(const NkMoments *m);
extern double nk_moments_stddev(const NkMoments *m);

/* mean of a less mean of b */
extern double nk_moments_difference(const NkMoments *a, const NkMoments *b);

/* what statistics of means ask for: the mean to 106 bits */
extern NkPair nk_moments_mean_pair(const NkMoments *m);

/*
 * Root of the mean squared distance from the mean, at most 1 and 0 only where
 * all values are equal, times 2^-exponent.  With that power, which may leave
 * nothing of the least spreads, it is in the range of doubles.
 */
extern double nk_moments_spread(const NkMoments *m, int *exponent);

#pragma GCC visibility pop

#endif							/* NK_MOMENTS_H */
