/*
 * hypergeometric.c - tails of the hypergeometric distribution.
 *
 * Method: the point probability (point.c) times the sum of the ratios of its
 * neighbours, from x away from the mean, where the terms only fall.  The
 * upper tail is the lower one of the unmarked.  A sum takes some eight
 * standard deviations of terms: 1e4 for ten million children.
 *
 * Not-a-number policy: as nk_hypergeometric_pmf.
 *
 * Accuracy: relative error below 1e-12 of exact sums for totals to 1e9, in
 * both tails down to 1e-300.  test/unit/test_hypergeometric.c
 */
#include "dist.h"
#include "tail.h"

/* log_lower - logarithm of P(X <= x), summed from x downwards */
static double
log_lower(int64_t x, int64_t marked, int64_t unmarked, int64_t drawn)
{
	double		k = (double) x;
	double		marked_left = (double) (marked - x);
	double		drawn_left = (double) (drawn - x);
	double		rest = (double) (unmarked - (drawn - x));
	double		term = 1;
	double		sum = 1;

	/* the rest of the sum is some standard deviations of the last term */
	for (int64_t steps = 1; term > 1e-21 * sum; steps++)
	{
		if (steps % 1024 == 0)
			nk_check_interrupts();
		term *= k / ++marked_left * (rest / ++drawn_left);
		sum += term;
		k--;
		rest--;
	}
	return nk_hypergeometric_pmf(x, marked, unmarked, drawn, true) + log(sum);
}

double
nk_hypergeometric_cdf(int64_t x, int64_t marked, int64_t unmarked,
					  int64_t drawn, bool lower_tail, bool log_p)
{
	double		all = (double) marked + (double) unmarked;
	NkTail		tail = {true, 0, 0};

	if (marked < 0 || unmarked < 0 || drawn < 0 || (double) drawn > all)
		return NK_UNDEFINED;
	if (x < 0 || x < drawn - unmarked)
		return nk_tail_probability(nk_no_tail(true), lower_tail, log_p);
	if (x >= marked || x >= drawn)
		return nk_tail_probability(nk_no_tail(false), lower_tail, log_p);

	/* begin on the side of the mean; with almost all mass there, change */
	tail.lower = (double) x <= (double) marked * ((double) drawn / all);
	for (int side = 0; side < 2; side++)
	{
		tail.log_value = tail.lower
			? log_lower(x, marked, unmarked, drawn)
			: log_lower(drawn - x - 1, unmarked, marked, drawn);
		if (tail.log_value < -0.1 || side == 1)
			break;
		tail.lower = !tail.lower;
	}
	return nk_tail_probability(tail, lower_tail, log_p);
}
