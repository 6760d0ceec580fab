/*
 * standardise.c - proportions of groups, weighted as in another population
 *
 * With x events of n in a group, w its weight, r the reference's proportion:
 *
 *	direct		sum of w x / n over sum of w; its variance is that of Poisson
 *				counts, sum of x (w / n)^2 over (sum of w)^2, and the interval
 *				that of their number, moved and stretched: Dobson, Kuulasmaa,
 *				Eberle and Scherer 1991, Stat Med 10:457,
 *				doi 10.1002/sim.4780100317
 *	indirect	observed over expected, sum of x over sum of n r; exact Poisson
 *				bounds below ten events, Byar's from ten
 *
 * Common events vary less than Poisson counts, so these intervals are too
 * wide rather than too narrow.  A group of weight 0 is no part of the direct
 * rate, and its events do not count.
 * Accuracy: 1e-12 relative, held by test_standardise.
 */
#include "standardise.h"

#include "pair.h"

#define EVENTS_FOR_DOBSON 10
#define STEPS_PER_INTERRUPT_CHECK 4096

static inline void
check_interrupts(size_t step)
{
	if (step % STEPS_PER_INTERRUPT_CHECK == 0)
		nk_check_interrupts();
}

/* more events of as many such groups; false if there are too many */
static bool
add_events(int64_t *events, const NkScoredProportion *group)
{
	int64_t		more;

	return !__builtin_mul_overflow(group->events, group->times, &more) &&
		nk_add(*events, more, events);
}

static void
add_term(NkPair *sum, NkPair term, int64_t times)
{
	*sum = nk_pair_add(*sum, nk_pair_multiply(term,
											  nk_pair_of_integer(times)));
}

/* the exponent of the largest weight: only ratios of weights matter */
static NkStatus
scale_of_weights(const NkScoredProportion *groups, size_t count, int *scale)
{
	double		largest = 0;

	for (size_t i = 0; i < count; i++)
	{
		check_interrupts(i);
		if (!(groups[i].score >= 0 && groups[i].score < INFINITY))
			return NK_BAD_WEIGHT;
		largest = fmax(largest, groups[i].score);
	}
	frexp(largest, scale);
	return count == 0 ? NK_EMPTY : largest > 0 ? NK_OK : NK_BAD_WEIGHT;
}

NkStatus
nk_direct_standardise(const NkScoredProportion *groups, size_t count,
					  double conf_level, NkInterval *result)
{
	int64_t		events = 0;
	NkPair		weights = {0, 0};
	NkPair		rates = {0, 0};
	NkPair		variances = {0, 0};
	NkInterval	byar;
	double		stretch;
	int			scale;
	NkStatus	status = nk_count_interval(0, conf_level, NK_COUNT_BYAR, &byar);

	*result = NK_NO_INTERVAL;
	if (status == NK_OK)
		status = scale_of_weights(groups, count, &scale);
	if (status != NK_OK)
		return status;
	for (size_t i = 0; i < count; i++)
	{
		double		weight = ldexp(groups[i].score, -scale);
		NkPair		x = nk_pair_of_integer(groups[i].events);
		NkPair		per_child;

		check_interrupts(i);
		if (groups[i].score == 0)
			continue;
		if (groups[i].n == 0)
			return NK_EMPTY;
		if (!add_events(&events, &groups[i]))
			return NK_OVERFLOW;
		per_child = nk_pair_divide((NkPair) {weight, 0},
								   nk_pair_of_integer(groups[i].n));
		add_term(&weights, (NkPair) {weight, 0}, groups[i].times);
		add_term(&rates, nk_pair_multiply(x, per_child), groups[i].times);
		add_term(&variances,
				 nk_pair_multiply(x, nk_pair_multiply(per_child, per_child)),
				 groups[i].times);
	}
	if (events < EVENTS_FOR_DOBSON)
		return NK_TOO_FEW;
	status = nk_count_interval(events, conf_level, NK_COUNT_BYAR, &byar);
	stretch = sqrt(variances.high / byar.estimate) / weights.high;
	result->estimate = nk_pair_divide(rates, weights).high;
	result->lower = fmax(0, result->estimate +
						 stretch * (byar.lower - byar.estimate));
	result->upper = fmin(1, result->estimate +
						 stretch * (byar.upper - byar.estimate));
	return status;
}

NkStatus
nk_indirect_standardise(const NkScoredProportion *groups, size_t count,
						double conf_level, NkInterval *result,
						NkCountMethod *method_used)
{
	int64_t		events = 0;
	bool		children = false;
	NkPair		expected = {0, 0};
	NkStatus	status;

	*result = NK_NO_INTERVAL;
	for (size_t i = 0; i < count; i++)
	{
		check_interrupts(i);
		if (!(groups[i].score >= 0 && groups[i].score <= 1))
			return NK_BAD_PROBABILITY;
		if (!add_events(&events, &groups[i]))
			return NK_OVERFLOW;
		children |= groups[i].n > 0;
		add_term(&expected, nk_pair_scale(nk_pair_of_integer(groups[i].n),
										  groups[i].score), groups[i].times);
	}
	*method_used = nk_count_method_for(events);
	status = nk_count_interval(events, conf_level, *method_used, result);
	if (status == NK_OK && !(expected.high > 0))
		status = children ? NK_ZERO_MARGIN : NK_EMPTY;
	if (status != NK_OK)
	{
		*result = NK_NO_INTERVAL;
		return status;
	}
	result->estimate /= expected.high;
	result->lower /= expected.high;
	result->upper /= expected.high;
	return NK_OK;
}
