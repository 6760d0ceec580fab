/*
 * curve.c - the SQL type age_curve: three facts of a child by age
 */
#include "glue.h"

#include "../kernel/curve.h"

SUMMARY_TYPE(age_curve)

PG_FUNCTION_INFO_V1(nuso_age_curve_accum);
PG_FUNCTION_INFO_V1(nuso_n_outside);
PG_FUNCTION_INFO_V1(nuso_n_incomplete);
PG_FUNCTION_INFO_V1(nuso_curve);

static const NkAgeCurve *
curve_arg(FunctionCallInfo fcinfo, int argno)
{
	return (const NkAgeCurve *) summary_arg(fcinfo, argno,
											&nk_age_curve_kind);
}

/*
 * nuso_age_curve_accum(state, age, identified, assessed, decided) - count one
 * child
 */
Datum
nuso_age_curve_accum(PG_FUNCTION_ARGS)
{
	NkAgeCurve *state;
	int64	   *count;

	state = (NkAgeCurve *) summary_state(fcinfo, &nk_age_curve_kind);
	count = &state->n_outside + curve_place_arg(fcinfo, 1);
	if (unlikely(*count == PG_INT64_MAX))
		check_status(NK_OVERFLOW);
	(*count)++;
	PG_RETURN_POINTER(state);
}

Datum
nuso_n_outside(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(curve_arg(fcinfo, 0)->n_outside);
}

Datum
nuso_n_incomplete(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(curve_arg(fcinfo, 0)->n_incomplete);
}

/* the points, and how many there are */
static void *
begin_curve(FunctionCallInfo fcinfo, uint64 *rows)
{
	NkCurvePoint *points = palloc(NK_CURVE_AGES * sizeof(NkCurvePoint));
	int			count;

	check_status(nk_curve(curve_arg(fcinfo, 0), PG_GETARG_FLOAT8(1), points,
						  &count));
	*rows = count;
	return points;
}

static void
make_point(ResultRow *row, void *points, uint64 i)
{
	const NkCurvePoint *point = &((NkCurvePoint *) points)[i];

	put_int4(row, point->age);
	put_int8(row, point->n);
	put_interval(row, &point->identified);
	put_interval(row, &point->assessed);
	put_interval(row, &point->decided);
	put_interval(row, &point->gap);
	/* simultaneous band, smooth gap and its band: not computed yet */
	for (int i = 0; i < 5; i++)
		put_null(row);
	put_text(row, status_name(point->status));
}

/* nuso_curve(curve, conf_level) - one row an age */
Datum
nuso_curve(PG_FUNCTION_ARGS)
{
	return return_rows(fcinfo, begin_curve, make_point);
}
