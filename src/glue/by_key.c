/*
 * by_key.c - the SQL type proportion_by_key: proportions of many units in one
 * summary
 */
#include "glue.h"

#include "../kernel/by_key.h"

SUMMARY_TYPE(proportion_by_key)

PG_FUNCTION_INFO_V1(nuso_proportion_by_key_accum);
PG_FUNCTION_INFO_V1(nuso_by_key);

/*
 * nuso_proportion_by_key_accum(state, key, event) - count one child
 *
 * A child whose key or event is unknown is not counted.
 */
Datum
nuso_proportion_by_key_accum(PG_FUNCTION_ARGS)
{
	NkTally    *state = tally_state(fcinfo, &nk_proportion_by_key_kind);

	if (!PG_ARGISNULL(1) && !PG_ARGISNULL(2))
		check_status(nk_proportion_by_key_add(state, PG_GETARG_INT32(1),
											  PG_GETARG_BOOL(2)));
	PG_RETURN_POINTER(state);
}

static void *
begin_keys(FunctionCallInfo fcinfo, uint64 *rows)
{
	const NkSummary *by_key = summary_arg(fcinfo, 0,
										  &nk_proportion_by_key_kind);

	*rows = by_key->rows;
	return (void *) by_key;
}

static void
make_key(ResultRow *row, void *source, uint64 i)
{
	NkKeyedProportion keyed = nk_keyed_proportion(source, i);
	NkProportion *p = (NkProportion *) summary_new(&nk_proportion_kind);

	p->n = keyed.n;
	p->events = keyed.events;
	put_int4(row, keyed.key);
	put_summary(row, &p->header);
}

/* nuso_by_key(summary) - one row a key */
Datum
nuso_by_key(PG_FUNCTION_ARGS)
{
	return return_rows(fcinfo, begin_keys, make_key);
}
