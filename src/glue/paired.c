/*
 * paired.c - the SQL type paired_proportion: two facts of the same child
 */
#include "glue.h"

#include "../kernel/paired.h"

SUMMARY_TYPE(paired_proportion)

PG_FUNCTION_INFO_V1(nuso_paired_proportion_accum);
PG_FUNCTION_INFO_V1(nuso_make_paired_proportion);
PG_FUNCTION_INFO_V1(nuso_paired_proportion_confint);
PG_FUNCTION_INFO_V1(nuso_mcnemar_test);

static const NkPaired *
paired_arg(FunctionCallInfo fcinfo, int argno)
{
	return (const NkPaired *) summary_arg(fcinfo, argno,
										  &nk_paired_proportion_kind);
}

/*
 * nuso_paired_proportion_accum(state, first, second) - count one child
 *
 * A child of whom either fact is unknown is not counted.
 */
Datum
nuso_paired_proportion_accum(PG_FUNCTION_ARGS)
{
	NkPaired   *state;

	state = (NkPaired *) summary_state(fcinfo, &nk_paired_proportion_kind);
	if (!PG_ARGISNULL(1) && !PG_ARGISNULL(2))
	{
		/* by place, since a branch on facts is mispredicted */
		int64	   *cells = &state->both_true;

		if (unlikely(nk_paired_n(state) == PG_INT64_MAX))
			check_status(NK_OVERFLOW);
		cells[2 * !PG_GETARG_BOOL(1) + !PG_GETARG_BOOL(2)]++;
	}
	PG_RETURN_POINTER(state);
}

Datum
nuso_make_paired_proportion(PG_FUNCTION_ARGS)
{
	NkPaired   *pair = (NkPaired *) summary_new(&nk_paired_proportion_kind);

	pair->both_true = PG_GETARG_INT64(0);
	pair->first_only = PG_GETARG_INT64(1);
	pair->second_only = PG_GETARG_INT64(2);
	pair->neither = PG_GETARG_INT64(3);
	check_status(nk_paired_proportion_kind.validate(&pair->header));
	PG_RETURN_POINTER(pair);
}

/* nuso_paired_proportion_confint(pair, conf_level, method) */
Datum
nuso_paired_proportion_confint(PG_FUNCTION_ARGS)
{
	double		conf_level = PG_GETARG_FLOAT8(1);
	int			method = choice_arg(fcinfo, 2, nk_paired_methods,
									"confidence interval method");
	NkInterval	interval;
	NkStatus	status = nk_paired_confint(paired_arg(fcinfo, 0), conf_level,
										   (NkPairedMethod) method,
										   &interval);

	PG_RETURN_DATUM(interval_datum(fcinfo, &interval, conf_level,
								   nk_paired_methods[method], status));
}

/* nuso_mcnemar_test(pair, method) */
Datum
nuso_mcnemar_test(PG_FUNCTION_ARGS)
{
	int			method = choice_arg(fcinfo, 1, nk_mcnemar_methods,
									"McNemar test method");
	NkTestResult result;
	NkStatus	status = nk_mcnemar_test(paired_arg(fcinfo, 0),
										 (NkMcNemarMethod) method, &result);

	PG_RETURN_DATUM(test_datum(fcinfo, &result, nk_mcnemar_methods[method],
							   status));
}
