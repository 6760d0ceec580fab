/*
 * groups.c - the SQL types proportion_groups and proportion_strata: states of
 * the aggregates over several proportions
 */
#include "glue.h"

#include "miscadmin.h"

SUMMARY_TYPE(proportion_groups)
SUMMARY_TYPE(proportion_strata)

PG_FUNCTION_INFO_V1(nuso_proportion_groups_accum);
PG_FUNCTION_INFO_V1(nuso_proportion_strata_accum);

/* the level that an aggregate was given, in its last argument */
static void
take_level(FunctionCallInfo fcinfo, NkTally *state, int argno)
{
	double		z;

	if (PG_NARGS() <= argno)
		return;
	check_status(nk_critical_value(PG_GETARG_FLOAT8(argno), &z));
	check_status(nk_tally_set(state, PG_GETARG_FLOAT8(argno)));
}

/*
 * nuso_proportion_groups_accum(state, proportion [, score [, conf_level]]) -
 * one more group; a row with a NULL is not counted
 */
Datum
nuso_proportion_groups_accum(PG_FUNCTION_ARGS)
{
	NkTally    *state;
	double		score;

	if (row_has_null(fcinfo))
		PG_RETURN_POINTER(summary_state(fcinfo, &nk_proportion_groups_kind));
	state = tally_state(fcinfo, &nk_proportion_groups_kind);
	score = PG_NARGS() > 2 ? PG_GETARG_FLOAT8(2) : 0;
	take_level(fcinfo, state, 3);
	check_status(nk_proportion_groups_add(state, score,
										  proportion_arg(fcinfo, 1)));
	PG_RETURN_POINTER(state);
}

/* nuso_proportion_strata_accum(state, a, b [, conf_level]) - one more stratum */
Datum
nuso_proportion_strata_accum(PG_FUNCTION_ARGS)
{
	NkTally    *state;

	if (row_has_null(fcinfo))
		PG_RETURN_POINTER(summary_state(fcinfo, &nk_proportion_strata_kind));
	state = tally_state(fcinfo, &nk_proportion_strata_kind);
	take_level(fcinfo, state, 3);
	check_status(nk_proportion_strata_add(state, proportion_arg(fcinfo, 1),
										  proportion_arg(fcinfo, 2)));
	PG_RETURN_POINTER(state);
}

/* the state of an aggregate, NULL if there was no row */
static const NkTally *
groups_state(FunctionCallInfo fcinfo, const NkSummaryKind *kind)
{
	return PG_ARGISNULL(0) ? NULL :
		(const NkTally *) summary_arg(fcinfo, 0, kind);
}

static double
level_of(const NkTally *state)
{
	return state != NULL && state->setting != 0 ? state->setting :
		DEFAULT_CONF_LEVEL;
}

GroupList
group_list_arg(FunctionCallInfo fcinfo)
{
	const NkTally *state = groups_state(fcinfo, &nk_proportion_groups_kind);
	GroupList	list = {NULL, 0, level_of(state)};

	if (state == NULL || state->header.rows == 0)
		return list;
	list.count = state->header.rows;
	list.groups = palloc(list.count * sizeof(*list.groups));
	for (size_t i = 0; i < list.count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		list.groups[i] = nk_proportion_group(state, i);
	}
	return list;
}

StratumList
stratum_list_arg(FunctionCallInfo fcinfo)
{
	const NkTally *state = groups_state(fcinfo, &nk_proportion_strata_kind);
	StratumList list = {NULL, 0, level_of(state)};

	if (state == NULL || state->header.rows == 0)
		return list;
	list.count = state->header.rows;
	list.strata = palloc(list.count * sizeof(*list.strata));
	for (size_t i = 0; i < list.count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		list.strata[i] = nk_proportion_stratum(state, i);
	}
	return list;
}
