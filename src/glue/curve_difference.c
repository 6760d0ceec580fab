/*
 * curve_difference.c - compare_curves and curve_test: two age curves
 */
#include "glue.h"

#include "../kernel/curve_difference.h"

PG_FUNCTION_INFO_V1(nuso_compare_curves);
PG_FUNCTION_INFO_V1(nuso_curve_test);

static void *
begin_differences(FunctionCallInfo fcinfo, uint64 *rows)
{
	NkCurveDifference *points = palloc(NK_CURVE_AGES * sizeof(*points));
	NkGapKind	gap = (NkGapKind) choice_arg(fcinfo, 3, nk_gap_kinds, "gap");
	void	   *scratch = palloc(nk_compare_curves_scratch());
	int			count;

	check_status(nk_compare_curves(curve_arg(fcinfo, 0), curve_arg(fcinfo, 1),
								   PG_GETARG_FLOAT8(2), gap, scratch, points,
								   &count));
	pfree(scratch);
	*rows = count;
	return points;
}

static void
make_difference(ResultRow *row, void *points, uint64 i)
{
	const NkCurveDifference *point = &((NkCurveDifference *) points)[i];

	put_int4(row, point->age);
	put_float8(row, point->gap_a);
	put_float8(row, point->gap_b);
	put_interval(row, &point->difference);
	put_bounds(row, &point->band);
	put_float8(row, point->p_value);
	put_float8(row, point->p_adjusted);
	put_int8(row, point->n_a);
	put_int8(row, point->n_b);
	put_interval(row, &point->smooth);
	put_text(row, status_name(point->status));
}

/* nuso_compare_curves(a, b, conf_level, gap) - one row an age */
Datum
nuso_compare_curves(PG_FUNCTION_ARGS)
{
	return return_rows(fcinfo, begin_differences, make_difference);
}

/* nuso_curve_test(a, b, gap) */
Datum
nuso_curve_test(PG_FUNCTION_ARGS)
{
	NkGapKind	gap = (NkGapKind) choice_arg(fcinfo, 2, nk_gap_kinds, "gap");
	NkTestResult test;
	NkStatus	status = nk_curve_test(curve_arg(fcinfo, 0),
									   curve_arg(fcinfo, 1), gap, &test);

	PG_RETURN_DATUM(test_datum(fcinfo, &test, "score", status));
}
