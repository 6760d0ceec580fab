/*
 * logit.c - the SQL type logit and its aggregate
 */
#include "glue.h"

#include "catalog/pg_type.h"
#include "utils/array.h"

#include "../kernel/logit.h"

SUMMARY_TYPE(logit)

PG_FUNCTION_INFO_V1(nuso_logit_accum);

/* the elements of a one-dimensional array, or NULL if one of them is NULL */
static const double *
covariates_arg(FunctionCallInfo fcinfo, int argno, uint32 *length)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(argno);

	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("covariates must be a one-dimensional array")));
	*length = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	if (array_contains_nulls(array))
		return NULL;
	return (const double *) ARR_DATA_PTR(array);
}

/*
 * nuso_logit_accum(state, event, covariates [, cluster]) - count one child
 *
 * A child of whom something is unknown is not counted.
 */
Datum
nuso_logit_accum(PG_FUNCTION_ARGS)
{
	NkTally    *state = (NkTally *) summary_state(fcinfo, &nk_logit_kind);
	bool		clustered = PG_NARGS() > 3;
	const double *covariates;
	int64_t		cluster = 0;
	uint32		length;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || (clustered && PG_ARGISNULL(3)))
		PG_RETURN_POINTER(state);
	if (clustered)
		cluster = PG_GETARG_INT64(3);
	covariates = covariates_arg(fcinfo, 2, &length);
	if (covariates == NULL || nk_logit_skips(state, covariates, length))
		PG_RETURN_POINTER(state);
	check_status(nk_logit_shape(state, length));
	if (nk_tally_is_full(state))
		state = (NkTally *) summary_with_room(&state->header, &nk_logit_kind,
											  NULL);
	check_status(nk_logit_add(state, PG_GETARG_BOOL(1), covariates,
							  clustered ? &cluster : NULL));
	PG_RETURN_POINTER(state);
}
