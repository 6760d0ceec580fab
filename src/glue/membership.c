/*
 * membership.c - the SQL type membership and its aggregate
 */
#include "glue.h"

#include "../kernel/membership.h"

SUMMARY_TYPE(membership)

PG_FUNCTION_INFO_V1(nuso_membership_accum);

/*
 * nuso_membership_accum(state, class, covariates [, cluster]) - count one child
 *
 * A child of whom something is unknown is not counted.
 */
Datum
nuso_membership_accum(PG_FUNCTION_ARGS)
{
	NkTally    *state;
	const double *covariates = covariates_child(fcinfo, &nk_membership_kind,
												&state);
	int64_t		cluster = PG_NARGS() > 3 ? PG_GETARG_INT64(3) : 0;

	if (covariates != NULL)
		check_status(nk_membership_add(state, PG_GETARG_INT32(1), covariates,
									   PG_NARGS() > 3 ? &cluster : NULL));
	PG_RETURN_POINTER(state);
}
