/*
 * proportion.c - the SQL type proportion, its aggregate and accessors
 */
#include "glue.h"

SUMMARY_TYPE(proportion)

PG_FUNCTION_INFO_V1(nuso_proportion_accum);
PG_FUNCTION_INFO_V1(nuso_make_proportion);
PG_FUNCTION_INFO_V1(nuso_events);
PG_FUNCTION_INFO_V1(nuso_estimate);

/*
 * nuso_proportion_accum(state, event) - count one child
 *
 * A child whose event is unknown is not counted.
 */
Datum
nuso_proportion_accum(PG_FUNCTION_ARGS)
{
	NkProportion *state;

	state = (NkProportion *) summary_state(fcinfo, &nk_proportion_kind);
	if (!PG_ARGISNULL(1))
	{
		if (unlikely(state->n == PG_INT64_MAX))
			check_status(NK_OVERFLOW);
		state->n++;
		state->events += PG_GETARG_BOOL(1);
	}
	PG_RETURN_POINTER(state);
}

Datum
nuso_make_proportion(PG_FUNCTION_ARGS)
{
	NkProportion *p = (NkProportion *) summary_new(&nk_proportion_kind);

	p->n = PG_GETARG_INT64(0);
	p->events = PG_GETARG_INT64(1);
	check_status(nk_proportion_kind.validate(&p->header));
	PG_RETURN_POINTER(p);
}

Datum
nuso_events(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(proportion_arg(fcinfo, 0)->events);
}

Datum
nuso_estimate(PG_FUNCTION_ARGS)
{
	RETURN_FLOAT8(nk_proportion_estimate(proportion_arg(fcinfo, 0)));
}
