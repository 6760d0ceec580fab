/*
 * quantile.c - medians, quantiles and shares of a distribution
 */
#include "glue.h"

#include "../kernel/quantile.h"

#include "catalog/pg_type.h"
#include "utils/array.h"

PG_FUNCTION_INFO_V1(nuso_median);
PG_FUNCTION_INFO_V1(nuso_quantile);
PG_FUNCTION_INFO_V1(nuso_quantiles);
PG_FUNCTION_INFO_V1(nuso_quantile_interval);
PG_FUNCTION_INFO_V1(nuso_share_at_least);
PG_FUNCTION_INFO_V1(nuso_levels);

Datum
nuso_median(PG_FUNCTION_ARGS)
{
	NkValues	values = values_arg(fcinfo, 0);

	RETURN_FLOAT8(nk_median(&values));
}

/* one probability: here NaN is no unknown one, but wrong */
static double
probability(double p)
{
	if (isnan(p))
		check_status(NK_BAD_PROBABILITY);
	return p;
}

/* nuso_quantile(d, p) */
Datum
nuso_quantile(PG_FUNCTION_ARGS)
{
	NkValues	values = values_arg(fcinfo, 0);
	double		p = probability(PG_GETARG_FLOAT8(1));
	double		quantile;

	check_status(nk_quantiles(&values, &p, 1, &quantile));
	RETURN_FLOAT8(quantile);
}

/* nuso_quantiles(d, p[]) - an array of the same shape */
Datum
nuso_quantiles(PG_FUNCTION_ARGS)
{
	NkValues	values = values_arg(fcinfo, 0);
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(1);
	Datum	   *elements;
	bool	   *nulls;
	int			count;
	double	   *p;

	deconstruct_array(array, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL,
					  TYPALIGN_DOUBLE, &elements, &nulls, &count);
	p = palloc(count * sizeof(double));
	for (int i = 0; i < count; i++)
		p[i] = nulls[i] ? NK_UNDEFINED :
			probability(DatumGetFloat8(elements[i]));
	check_status(nk_quantiles(&values, p, count, p));
	for (int i = 0; i < count; i++)
	{
		nulls[i] = isnan(p[i]);
		elements[i] = Float8GetDatum(p[i]);
	}
	PG_RETURN_ARRAYTYPE_P(construct_md_array(elements, nulls, ARR_NDIM(array),
											 ARR_DIMS(array),
											 ARR_LBOUND(array), FLOAT8OID,
											 sizeof(float8), FLOAT8PASSBYVAL,
											 TYPALIGN_DOUBLE));
}

/* nuso_quantile_interval(d, p, conf_level) */
Datum
nuso_quantile_interval(PG_FUNCTION_ARGS)
{
	NkValues	values = values_arg(fcinfo, 0);
	double		conf_level = PG_GETARG_FLOAT8(2);
	NkInterval	interval;
	NkStatus	status = nk_quantile_interval(&values, PG_GETARG_FLOAT8(1),
											  conf_level, &interval);

	PG_RETURN_DATUM(interval_datum(fcinfo, &interval, conf_level,
								   "order-statistics", status));
}

/* nuso_share_at_least(d, level) */
Datum
nuso_share_at_least(PG_FUNCTION_ARGS)
{
	NkValues	values = values_arg(fcinfo, 0);
	NkProportion *share = (NkProportion *) summary_new(&nk_proportion_kind);

	share->n = values.n;
	share->events = nk_at_least(&values, PG_GETARG_FLOAT8(1));
	PG_RETURN_POINTER(share);
}

/* where nuso_levels is */
typedef struct LevelScan
{
	NkValues	values;
	int64_t		reached;
	double		z;
} LevelScan;

static void *
begin_levels(FunctionCallInfo fcinfo, uint64 *rows)
{
	LevelScan  *scan = palloc(sizeof(LevelScan));

	check_status(nk_critical_value(PG_GETARG_FLOAT8(1), &scan->z));
	scan->values = values_arg(fcinfo, 0);
	scan->reached = scan->values.n;
	*rows = scan->values.count;
	return scan;
}

static void
make_level(ResultRow *row, void *source, uint64 i)
{
	LevelScan  *scan = source;
	NkLevel		level = nk_level(&scan->values, i, scan->reached, scan->z);

	scan->reached -= level.n;
	put_float8(row, level.value);
	put_int8(row, level.n);
	put_float8(row, level.share);
	put_interval(row, &level.at_least);
}

/* nuso_levels(d, conf_level) - one row a value */
Datum
nuso_levels(PG_FUNCTION_ARGS)
{
	return return_rows(fcinfo, begin_levels, make_level);
}
