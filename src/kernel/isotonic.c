/*
 * isotonic.c - the rising or falling series that is nearest to given values
 *
 * Pool adjacent violators: Barlow, Bartholomew, Bremner & Brunk 1972,
 * Statistical Inference under Order Restrictions, Wiley; Ayer, Brunk, Ewing,
 * Reid & Silverman 1955, Ann Math Stat 26:641, doi 10.1214/aoms/1177728423.
 * Values are taken in their order; one that breaks the order of the pools
 * before it joins the last of them, and so on backwards.  Every value is
 * pooled once at most, so the work grows with their number.  The result
 * minimises the sum of weight (value - fit)^2 over all monotone series.
 *
 * Accuracy: 1e-14 of the largest value in a pool, held by test_isotonic.
 */
#include "isotonic.h"

#define STEPS_PER_INTERRUPT_CHECK 4096

/* one pool of two; a mean lies between both, whatever is rounded */
static NkPool
pool_of(const NkPool *a, const NkPool *b)
{
	double		weight = a->weight + b->weight;
	double		value = a->value + (b->value - a->value) * (b->weight / weight);

	return (NkPool) {weight, value, a->count + b->count};
}

void
nk_isotonic(const double *values, const double *weights, int64_t count,
			bool falling, NkPool *pools, double *fit)
{
	int64_t		pooled = 0;
	int64_t		place = 0;

	for (int64_t i = 0; i < count; i++)
	{
		NkPool		last = {weights[i], values[i], 1};

		if (i % STEPS_PER_INTERRUPT_CHECK == 0)
			nk_check_interrupts();
		while (pooled > 0 && (falling ? pools[pooled - 1].value < last.value
							  : pools[pooled - 1].value > last.value))
			last = pool_of(&pools[--pooled], &last);
		pools[pooled++] = last;
	}
	for (int64_t i = 0; i < pooled; i++)
		for (int64_t end = place + pools[i].count; place < end; place++)
			fit[place] = pools[i].value;
}
