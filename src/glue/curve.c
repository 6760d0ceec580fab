/*
 * curve.c - the SQL type age_curve: three facts of a child by age
 */
#include "glue.h"

#include "catalog/pg_type.h"
#include "utils/array.h"

#include "../kernel/curve_point.h"

SUMMARY_TYPE(age_curve)

PG_FUNCTION_INFO_V1(nuso_age_curve_accum);
PG_FUNCTION_INFO_V1(nuso_n_outside);
PG_FUNCTION_INFO_V1(nuso_n_incomplete);
PG_FUNCTION_INFO_V1(nuso_curve);
PG_FUNCTION_INFO_V1(nuso_pool_ages);

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

/* nuso_pool_ages(curve, first_ages) */
Datum
nuso_pool_ages(PG_FUNCTION_ARGS)
{
	NkAgeCurve *pooled = (NkAgeCurve *) summary_new(&nk_age_curve_kind);
	ArrayType  *ages = PG_GETARG_ARRAYTYPE_P(1);
	int64		count = ArrayGetNItems(ARR_NDIM(ages), ARR_DIMS(ages));

	if (ARR_NDIM(ages) > 1 || array_contains_nulls(ages))
		check_status(NK_BAD_BANDS);
	check_status(nk_pool_ages(curve_arg(fcinfo, 0),
							  (const int32 *) ARR_DATA_PTR(ages), count,
							  pooled));
	PG_RETURN_POINTER(pooled);
}

/* the points, and how many there are */
static void *
begin_curve(FunctionCallInfo fcinfo, uint64 *rows)
{
	NkCurvePoint *points = palloc(NK_CURVE_AGES * sizeof(NkCurvePoint));
	const NkAgeCurve *curve = curve_arg(fcinfo, 0);
	double		conf_level = PG_GETARG_FLOAT8(1);
	NkGapSmooth smooth = (NkGapSmooth)
		choice_arg(fcinfo, 2, nk_gap_smooths, "smooth");
	NkGapKind	gap = (NkGapKind) choice_arg(fcinfo, 3, nk_gap_kinds, "gap");
	void	   *scratch = NULL;
	int			count;

	check_status(nk_curve(curve, conf_level, gap, points, &count));
	if (smooth == NK_GAP_SPLINE)
		scratch = palloc(nk_gap_spline_scratch());
	check_status(nk_curve_smooth(curve, conf_level, gap, smooth, scratch,
								 points, count));
	if (scratch != NULL)
		pfree(scratch);
	*rows = count;
	return points;
}

void
make_curve_point(ResultRow *row, void *points, uint64 i)
{
	const NkCurvePoint *point = &((NkCurvePoint *) points)[i];

	put_int4(row, point->age);
	put_int8(row, point->n);
	put_interval(row, &point->identified);
	put_interval(row, &point->assessed);
	put_interval(row, &point->decided);
	put_interval(row, &point->gap.at_age);
	put_bounds(row, &point->gap.band);
	put_interval(row, &point->smooth);
	put_interval(row, &point->assessed_gap.at_age);
	put_bounds(row, &point->assessed_gap.band);
	put_text(row, status_name(point->status));
}

/* nuso_curve(curve, conf_level, smooth, gap) - one row an age */
Datum
nuso_curve(PG_FUNCTION_ARGS)
{
	return return_rows(fcinfo, begin_curve, make_curve_point);
}
