/*
 * anova.c - the SQL type moments_groups, and the aggregates over several
 * means
 */
#include "glue.h"

#include "../kernel/moments_groups.h"

SUMMARY_TYPE(moments_groups)

PG_FUNCTION_INFO_V1(nuso_moments_groups_accum);
PG_FUNCTION_INFO_V1(nuso_anova_test_final);
PG_FUNCTION_INFO_V1(nuso_welch_anova_test_final);

/* nuso_moments_groups_accum(state, moments) - one more group */
Datum
nuso_moments_groups_accum(PG_FUNCTION_ARGS)
{
	NkTally    *state;

	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(summary_state(fcinfo, &nk_moments_groups_kind));
	state = tally_state(fcinfo, &nk_moments_groups_kind);
	check_status(nk_moments_groups_add(state, (const NkMoments *)
									   summary_arg(fcinfo, 1,
												   &nk_moments_kind)));
	PG_RETURN_POINTER(state);
}

typedef NkStatus (*Test)(const NkMeanGroup *groups, size_t count,
						 NkAnova *result);

/* the row of a test over the groups of a state; NULL is no group */
static Datum
anova_datum(FunctionCallInfo fcinfo, Test test, const char *method)
{
	NkMeanGroup *groups = NULL;
	size_t		count = 0;
	ResultRow	row = {0};
	NkAnova		result;
	NkStatus	status;

	if (!PG_ARGISNULL(0))
	{
		const NkTally *state = (const NkTally *)
			summary_arg(fcinfo, 0, &nk_moments_groups_kind);

		count = state->header.rows;
		groups = MemoryContextAllocHuge(CurrentMemoryContext,
										Max(count, 1) * sizeof(*groups));
		for (size_t i = 0; i < count; i++)
			groups[i] = nk_moments_group(state, i);
	}
	status = test(groups, count, &result);
	check_status(status);
	put_float8(&row, result.test.statistic);
	put_float8(&row, result.test.df);
	put_float8(&row, result.test.df2);
	put_float8(&row, result.test.p_value);
	put_float8(&row, result.eta_squared);
	put_float8(&row, result.omega_squared);
	put_text(&row, method);
	put_text(&row, status_name(status));
	return row_datum(fcinfo, &row);
}

Datum
nuso_anova_test_final(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATUM(anova_datum(fcinfo, nk_anova, "anova"));
}

Datum
nuso_welch_anova_test_final(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATUM(anova_datum(fcinfo, nk_welch_anova, "welch"));
}
