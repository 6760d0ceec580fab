/*
 * curve_by_key.c - the SQL type age_curve_by_key: age curves of many units in
 * one summary
 */
#include "glue.h"

#include "../kernel/curve_by_key.h"

SUMMARY_TYPE(age_curve_by_key)

PG_FUNCTION_INFO_V1(nuso_age_curve_by_key_accum);
PG_FUNCTION_INFO_V1(nuso_age_curve_by_key);

/*
 * nuso_age_curve_by_key_accum(state, key, age, identified, assessed, decided)
 * - count one child
 *
 * A child whose key is unknown is not counted; what else is unknown is a
 * matter of its key's curve.
 */
Datum
nuso_age_curve_by_key_accum(PG_FUNCTION_ARGS)
{
	NkTally    *state = tally_state(fcinfo, &nk_age_curve_by_key_kind);

	if (!PG_ARGISNULL(1))
		check_status(nk_age_curve_by_key_add(state, PG_GETARG_INT32(1),
											 curve_place_arg(fcinfo, 2)));
	PG_RETURN_POINTER(state);
}

static void *
begin_keys(FunctionCallInfo fcinfo, uint64 *rows)
{
	const NkSummary *by_key = summary_arg(fcinfo, 0,
										  &nk_age_curve_by_key_kind);

	*rows = by_key->rows;
	return (void *) by_key;
}

static void
make_key(ResultRow *row, void *source, uint64 i)
{
	NkAgeCurve *curve = (NkAgeCurve *) summary_new(&nk_age_curve_kind);

	put_int4(row, nk_keyed_curve(source, i, curve));
	put_summary(row, &curve->header);
}

/* nuso_age_curve_by_key(summary) - one row a key */
Datum
nuso_age_curve_by_key(PG_FUNCTION_ARGS)
{
	return return_rows(fcinfo, begin_keys, make_key);
}
