/*
 * clustered_curve.c - age curves of clusters: their aggregate and statistics
 */
#include "glue.h"

#include "../kernel/clustered_points.h"
#include "../kernel/gap_trend.h"

PG_FUNCTION_INFO_V1(nuso_clustered_age_curve_accum);
PG_FUNCTION_INFO_V1(nuso_clustered_curve);
PG_FUNCTION_INFO_V1(nuso_clustered_gap_area);
PG_FUNCTION_INFO_V1(nuso_clustered_gap_area_standard);
PG_FUNCTION_INFO_V1(nuso_clustered_gap_trend_test);
PG_FUNCTION_INFO_V1(nuso_clustered_gap_change_point);

/* nuso_clustered_age_curve_accum(state, age_curve) - ages by facts */
Datum
nuso_clustered_age_curve_accum(PG_FUNCTION_ARGS)
{
	const NkAgeCurve *curve;
	NkCrosstab *cluster;
	size_t		size;

	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(summary_state(fcinfo, &nk_clustered_kind));
	curve = curve_arg(fcinfo, 1);
	size = nk_curve_table_size(curve);
	cluster = palloc0(size);
	SET_VARSIZE(cluster, size);
	nk_curve_table(curve, cluster);
	return clustered_count(fcinfo, cluster);
}

/* the points, and how many there are */
static void *
begin_curve(FunctionCallInfo fcinfo, uint64 *rows)
{
	NkCurvePoint *points = palloc(NK_CURVE_AGES * sizeof(NkCurvePoint));
	NkGapSmooth smooth = (NkGapSmooth)
		choice_arg(fcinfo, 2, nk_gap_smooths, "smooth");
	NkGapKind	gap = (NkGapKind) choice_arg(fcinfo, 3, nk_gap_kinds, "gap");
	void	   *scratch = palloc(nk_clustered_curve_scratch());
	int			count;

	check_status(nk_clustered_curve(clustered_arg(fcinfo, 0),
									PG_GETARG_FLOAT8(1), gap, smooth, scratch,
									points, &count));
	pfree(scratch);
	*rows = count;
	return points;
}

/* nuso_clustered_curve(clustered, conf_level, smooth, gap) - one row an age */
Datum
nuso_clustered_curve(PG_FUNCTION_ARGS)
{
	return return_rows(fcinfo, begin_curve, make_curve_point);
}

/* gaps of the first argument, of the kind that argument argno names */
static NkStatus
clustered_gaps_arg(FunctionCallInfo fcinfo, int argno, NkGaps *gaps)
{
	NkGapKind	gap = (NkGapKind)
		choice_arg(fcinfo, argno, nk_gap_kinds, "gap");
	NkStatus	status = nk_clustered_gaps(clustered_arg(fcinfo, 0), gap,
										   gaps);

	check_status(status);
	return status;
}

/* level and gap are the arguments from argno on */
static Datum
area_datum(FunctionCallInfo fcinfo, const NkAgeCurve *standard, int argno)
{
	double		conf_level = PG_GETARG_FLOAT8(argno);
	NkGapArea	area;
	NkGaps		gaps;
	NkStatus	data_status = clustered_gaps_arg(fcinfo, argno + 1, &gaps);
	NkStatus	status = nk_gap_area(&gaps, standard, conf_level, &area);

	return gap_area_datum(fcinfo, &area, conf_level,
						  nk_clustered_status(data_status, status));
}

/* nuso_clustered_gap_area(clustered, conf_level, gap) - all ages alike */
Datum
nuso_clustered_gap_area(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATUM(area_datum(fcinfo, NULL, 1));
}

/* nuso_clustered_gap_area_standard(clustered, standard, conf_level, gap) */
Datum
nuso_clustered_gap_area_standard(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATUM(area_datum(fcinfo, curve_arg(fcinfo, 1), 2));
}

/* nuso_clustered_gap_trend_test(clustered, gap) */
Datum
nuso_clustered_gap_trend_test(PG_FUNCTION_ARGS)
{
	NkGaps		gaps;
	NkTrend		trend;
	NkStatus	data_status = clustered_gaps_arg(fcinfo, 1, &gaps);
	NkStatus	status = nk_gap_trend(&gaps, &trend);

	PG_RETURN_DATUM(trend_datum(fcinfo, &trend, "wald",
								nk_clustered_status(data_status, status)));
}

/* nuso_clustered_gap_change_point(clustered, conf_level, gap) */
Datum
nuso_clustered_gap_change_point(PG_FUNCTION_ARGS)
{
	void	   *scratch = palloc(nk_change_point_scratch(NK_CURVE_AGES));
	NkGaps		gaps;
	NkChangePoint change;
	NkStatus	data_status = clustered_gaps_arg(fcinfo, 2, &gaps);
	NkStatus	status = nk_gap_change_point(&gaps, PG_GETARG_FLOAT8(1),
											 scratch, &change);

	pfree(scratch);
	status = nk_clustered_status(data_status, status);
	PG_RETURN_DATUM(change_point_datum(fcinfo, &change, status));
}
