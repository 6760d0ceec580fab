/*
 * random.c - SQL calls of the counter-based random numbers.
 */
#include "postgres.h"

#include "fmgr.h"

#include "../kernel/random.h"

PG_FUNCTION_INFO_V1(nuso_random_bits);
PG_FUNCTION_INFO_V1(nuso_random_uniform);
PG_FUNCTION_INFO_V1(nuso_random_below);
PG_FUNCTION_INFO_V1(nuso_random_rank);

/* require_size - a random order or range needs at least one place */
static void
require_size(int64 n)
{
	if (n < 1)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("n must be at least 1"),
						errhint("n is the number of places.")));
}

/* random_bits(seed bigint, stream integer, i bigint) returns bigint */
Datum
nuso_random_bits(PG_FUNCTION_ARGS)
{
	int64 seed = PG_GETARG_INT64(0);
	int32 stream = PG_GETARG_INT32(1);
	int64 i = PG_GETARG_INT64(2);

	PG_RETURN_INT64((int64) nk_random_bits(seed, stream, i));
}

/* random_uniform(seed bigint, stream integer, i bigint) returns float8 */
Datum
nuso_random_uniform(PG_FUNCTION_ARGS)
{
	int64 seed = PG_GETARG_INT64(0);
	int32 stream = PG_GETARG_INT32(1);
	int64 i = PG_GETARG_INT64(2);

	PG_RETURN_FLOAT8(nk_random_uniform(seed, stream, i));
}

/* random_below(seed bigint, stream integer, i bigint, n bigint) */
Datum
nuso_random_below(PG_FUNCTION_ARGS)
{
	int64 seed = PG_GETARG_INT64(0);
	int32 stream = PG_GETARG_INT32(1);
	int64 i = PG_GETARG_INT64(2);
	int64 n = PG_GETARG_INT64(3);

	require_size(n);
	PG_RETURN_INT64(nk_random_below(seed, stream, i, n));
}

/* random_rank(seed bigint, stream integer, n bigint, i bigint) */
Datum
nuso_random_rank(PG_FUNCTION_ARGS)
{
	int64 seed = PG_GETARG_INT64(0);
	int32 stream = PG_GETARG_INT32(1);
	int64 n = PG_GETARG_INT64(2);
	int64 i = PG_GETARG_INT64(3);

	require_size(n);
	if (i < 0 || i >= n)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("i must be from 0 to n - 1"),
						errhint("Places are counted from 0.")));
	PG_RETURN_INT64(nk_random_rank(seed, stream, n, i));
}
