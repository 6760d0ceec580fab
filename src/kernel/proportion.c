/*
 * proportion.c - the summary of one proportion
 */
#include "proportion.h"

static int64_t
proportion_n(const NkSummary *summary)
{
	return ((const NkProportion *) summary)->n;
}

static NkStatus
proportion_validate(const NkSummary *summary)
{
	const NkProportion *p = (const NkProportion *) summary;

	if (p->n < 0 || p->events < 0)
		return NK_NEGATIVE_COUNT;
	if (p->events > p->n)
		return NK_TOO_MANY_EVENTS;
	return NK_OK;
}

static NkStatus
proportion_merge(NkSummary *into, const NkSummary *from)
{
	NkProportion *a = (NkProportion *) into;
	const NkProportion *b = (const NkProportion *) from;

	/* events <= n on both sides, so the sum of the events fits too */
	if (!nk_add(a->n, b->n, &a->n))
		return NK_OVERFLOW;
	a->events += b->events;
	return NK_OK;
}

static NkStatus
proportion_subtract(NkSummary *from, const NkSummary *part)
{
	NkProportion *whole = (NkProportion *) from;

	return nk_proportion_rest((const NkProportion *) part, whole, whole);
}

static NkStatus
proportion_exchange(NkSummary *summary, NkPort *port)
{
	NkProportion *p = (NkProportion *) summary;

	port->count(port, "n", &p->n);
	port->count(port, "events", &p->events);
	return NK_OK;
}

const NkSummaryKind nk_proportion_kind = {
	.name = "proportion",
	.code = 1,
	.rows = 1,
	.columns = 2,
	.size = sizeof(NkProportion),
	.n = proportion_n,
	.validate = proportion_validate,
	.merge = proportion_merge,
	.subtract = proportion_subtract,
	.exchange = proportion_exchange
};

double
nk_proportion_estimate(const NkProportion *p)
{
	if (p->n == 0)
		return NK_UNDEFINED;
	return (double) p->events / (double) p->n;
}

NkStatus
nk_proportion_rest(const NkProportion *part, const NkProportion *whole,
				   NkProportion *rest)
{
	int64_t		n = whole->n - part->n;
	int64_t		events = whole->events - part->events;

	/* counts are not negative, so neither difference can overflow */
	if (n < 0 || events < 0 || events > n)
		return NK_NOT_CONTAINED;
	*rest = *whole;
	rest->n = n;
	rest->events = events;
	return NK_OK;
}
