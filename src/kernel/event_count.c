/*
 * event_count.c - a number x of events as a Poisson count: how many were to
 * be expected?
 *
 *	exact	half the quantile of chi-square with 2x degrees of freedom below
 *			and with 2x + 2 above, that is, quantiles of the gamma
 *			distribution; Garwood 1936, Biometrika 28:437,
 *			doi 10.1093/biomet/28.3-4.437
 *	byar	x (1 - 1/(9x) - z/(3 sqrt x))^3 below and the same with x + 1 and
 *			+ z above: the cube root of a count is nearly normal; Breslow and
 *			Day 1987, Statistical Methods in Cancer Research II, 2.13
 *
 * Both lower bounds of 0 events are 0.  Byar's formula turns negative for few
 * events and high levels; the bound is 0 there.
 * Accuracy: 1e-12 relative, Byar's lower bound relative to x; held by
 * test_event_count.
 */
#include "event_count.h"

#include "dist.h"

/* the rule of the Public Health Outcomes Framework, England */
#define EVENTS_FOR_BYAR 10

const char *const nk_count_methods[] = {"exact", "byar", NULL};

NkCountMethod
nk_count_method_for(int64_t events)
{
	return events < EVENTS_FOR_BYAR ? NK_COUNT_EXACT : NK_COUNT_BYAR;
}

static NkStatus
exact(double x, double tail, NkInterval *result)
{
	NkStatus	status = NK_OK;

	result->lower = 0;
	if (x > 0)
		status = nk_gamma_quantile(tail, x, true, false, &result->lower);
	if (status == NK_OK)
		status = nk_gamma_quantile(tail, x + 1, false, false, &result->upper);
	return status;
}

static double
byar_bound(double x, double z)
{
	double		root = 1 - 1 / (9 * x) + z / (3 * sqrt(x));

	return root > 0 ? x * root * root * root : 0;
}

NkStatus
nk_count_interval(int64_t events, double conf_level, NkCountMethod method,
				  NkInterval *result)
{
	double		x = (double) events;
	double		z;
	NkStatus	status = nk_critical_value(conf_level, &z);

	*result = NK_NO_INTERVAL;
	if (status != NK_OK)
		return status;
	if (events < 0)
		return NK_NEGATIVE_COUNT;
	result->estimate = x;
	if (method == NK_COUNT_EXACT)
		return exact(x, (1 - conf_level) / 2, result);
	result->lower = x > 0 ? byar_bound(x, -z) : 0;
	result->upper = byar_bound(x + 1, z);
	return NK_OK;
}
