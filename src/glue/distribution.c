/*
 * distribution.c - the SQL types distribution and distribution_groups
 */
#include "glue.h"

#include "../kernel/groups.h"

SUMMARY_TYPE(distribution)
SUMMARY_TYPE(distribution_groups)

PG_FUNCTION_INFO_V1(nuso_distribution_accum);
PG_FUNCTION_INFO_V1(nuso_distribution_integer_accum);
PG_FUNCTION_INFO_V1(nuso_n_not_finite);
PG_FUNCTION_INFO_V1(nuso_distribution_groups_accum);

/* count one value, in the state or in a larger copy of it */
static Datum
accum(FunctionCallInfo fcinfo, double value)
{
	NkTally    *state = tally_state(fcinfo, &nk_distribution_kind);

	check_status(nk_distribution_add(state, value, 1));
	PG_RETURN_POINTER(state);
}

/* a state as it is, for a row that is not counted */
static Datum
unchanged(FunctionCallInfo fcinfo, const NkSummaryKind *kind)
{
	PG_RETURN_POINTER(summary_state(fcinfo, kind));
}

/*
 * nuso_distribution_accum(state, x) - count one value
 *
 * A child whose value is unknown is not counted.
 */
Datum
nuso_distribution_accum(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1))
		return unchanged(fcinfo, &nk_distribution_kind);
	return accum(fcinfo, PG_GETARG_FLOAT8(1));
}

Datum
nuso_distribution_integer_accum(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1))
		return unchanged(fcinfo, &nk_distribution_kind);
	return accum(fcinfo, PG_GETARG_INT32(1));
}

Datum
nuso_n_not_finite(PG_FUNCTION_ARGS)
{
	const NkTally *d = (const NkTally *)
		summary_state_arg(fcinfo, 0, &nk_distribution_kind);

	PG_RETURN_INT64(d->aside);
}

/*
 * nuso_distribution_groups_accum(state, distribution [, group_order]) - one
 * more group, numbered as it comes or by the user
 */
Datum
nuso_distribution_groups_accum(PG_FUNCTION_ARGS)
{
	const NkSummaryKind *kind = &nk_distribution_groups_kind;
	NkSummary  *state = summary_state(fcinfo, kind);
	bool		ordered = PG_NARGS() > 2;
	const NkSummary *group;
	int32		order = 0;

	if (PG_ARGISNULL(1) || (ordered && PG_ARGISNULL(2)))
		PG_RETURN_POINTER(state);
	if (ordered)
		order = PG_GETARG_INT32(2);
	group = summary_arg(fcinfo, 1, &nk_distribution_kind);
	state = summary_with_room(state, kind, group);
	check_status(nk_distribution_groups_add((NkTally *) state,
											(const NkTally *) group,
											ordered ? &order : NULL));
	PG_RETURN_POINTER(state);
}
