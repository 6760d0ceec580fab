/*
 * gap_area.c - the mean gap over ages
 */
#include "glue.h"


PG_FUNCTION_INFO_V1(nuso_gap_area);
PG_FUNCTION_INFO_V1(nuso_gap_area_standard);

Datum
gap_area_datum(FunctionCallInfo fcinfo, const NkGapArea *area,
			   double conf_level, NkStatus status)
{
	ResultRow	row = {0};

	check_status(status);
	put_interval(&row, &area->mean);
	put_float8(&row, conf_level);
	put_int4(&row, area->ages);
	put_float8(&row, area->covered);
	put_text(&row, "wilson");
	put_text(&row, status_name(status));
	return row_datum(fcinfo, &row);
}

/* level and gap are the arguments from argno on */
static Datum
area_datum(FunctionCallInfo fcinfo, const NkAgeCurve *standard, int argno)
{
	double		conf_level = PG_GETARG_FLOAT8(argno);
	NkGapKind	gap = (NkGapKind)
		choice_arg(fcinfo, argno + 1, nk_gap_kinds, "gap");
	NkGapArea	area;
	NkGaps		gaps;
	NkStatus	status;

	nk_gaps(curve_arg(fcinfo, 0), gap, &gaps);
	status = nk_gap_area(&gaps, standard, conf_level, &area);
	return gap_area_datum(fcinfo, &area, conf_level, status);
}

/* nuso_gap_area(curve, conf_level, gap) - all ages alike */
Datum
nuso_gap_area(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATUM(area_datum(fcinfo, NULL, 1));
}

/* nuso_gap_area_standard(curve, standard, conf_level, gap) */
Datum
nuso_gap_area_standard(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATUM(area_datum(fcinfo, curve_arg(fcinfo, 1), 2));
}
