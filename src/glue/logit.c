/*
 * logit.c - the SQL type logit and its aggregate
 */
#include "glue.h"

#include "../kernel/logit.h"

SUMMARY_TYPE(logit)

PG_FUNCTION_INFO_V1(nuso_logit_accum);

/*
 * nuso_logit_accum(state, event, covariates [, cluster]) - count one child
 *
 * A child of whom something is unknown is not counted.
 */
Datum
nuso_logit_accum(PG_FUNCTION_ARGS)
{
	NkTally    *state;
	const double *covariates = covariates_child(fcinfo, &nk_logit_kind,
												&state);
	int64_t		cluster = PG_NARGS() > 3 ? PG_GETARG_INT64(3) : 0;

	if (covariates != NULL)
		check_status(nk_logit_add(state, PG_GETARG_BOOL(1), covariates,
								  PG_NARGS() > 3 ? &cluster : NULL));
	PG_RETURN_POINTER(state);
}
