/*
 * random.c - SQL calls of the counter-based random numbers
 */
#include "glue.h"

#include "../kernel/random.h"

PG_FUNCTION_INFO_V1(nuso_random_bits);
PG_FUNCTION_INFO_V1(nuso_random_uniform);
PG_FUNCTION_INFO_V1(nuso_random_below);
PG_FUNCTION_INFO_V1(nuso_random_rank);

/* nuso_random_bits(seed, stream, i) */
Datum
nuso_random_bits(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64) nk_random_bits(PG_GETARG_INT64(0),
										   PG_GETARG_INT32(1),
										   PG_GETARG_INT64(2)));
}

/* nuso_random_uniform(seed, stream, i) */
Datum
nuso_random_uniform(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(nk_random_uniform(PG_GETARG_INT64(0),
									   PG_GETARG_INT32(1),
									   PG_GETARG_INT64(2)));
}

/* nuso_random_below(seed, stream, i, n) */
Datum
nuso_random_below(PG_FUNCTION_ARGS)
{
	int64		n = PG_GETARG_INT64(3);

	if (n < 1)
		check_status(NK_BAD_PLACE);
	PG_RETURN_INT64(nk_random_below(PG_GETARG_INT64(0), PG_GETARG_INT32(1),
									PG_GETARG_INT64(2), n));
}

/* nuso_random_rank(seed, stream, n, i) */
Datum
nuso_random_rank(PG_FUNCTION_ARGS)
{
	int64		n = PG_GETARG_INT64(2);
	int64		i = PG_GETARG_INT64(3);

	if (i < 0 || i >= n)
		check_status(NK_BAD_PLACE);
	PG_RETURN_INT64(nk_random_rank(PG_GETARG_INT64(0), PG_GETARG_INT32(1),
								   n, i));
}
