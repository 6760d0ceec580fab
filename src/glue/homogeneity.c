/*
 * homogeneity.c - final functions of homogeneity_test and trend_test
 */
#include "glue.h"

#include "../kernel/homogeneity.h"

PG_FUNCTION_INFO_V1(nuso_homogeneity_test_final);
PG_FUNCTION_INFO_V1(nuso_trend_test_final);

/* nuso_homogeneity_test_final(state) */
Datum
nuso_homogeneity_test_final(PG_FUNCTION_ARGS)
{
	GroupList	list = group_list_arg(fcinfo);
	NkTestResult test;
	NkStatus	status = nk_homogeneity_test(list.groups, list.count, &test);

	PG_RETURN_DATUM(test_datum(fcinfo, &test, "pearson", status));
}

/* nuso_trend_test_final(state) */
Datum
nuso_trend_test_final(PG_FUNCTION_ARGS)
{
	GroupList	list = group_list_arg(fcinfo);
	ResultRow	row = {0};
	NkTrend		trend;
	NkStatus	status = nk_trend_test(list.groups, list.count, &trend);

	check_status(status);
	put_float8(&row, trend.trend.statistic);
	put_float8(&row, trend.trend.df);
	put_float8(&row, trend.trend.df2);
	put_float8(&row, trend.trend.p_value);
	put_text(&row, "cochran-armitage");
	put_text(&row, status_name(status));
	put_float8(&row, trend.departure.statistic);
	put_float8(&row, trend.departure.df);
	put_float8(&row, trend.departure.p_value);
	put_float8(&row, trend.slope);
	PG_RETURN_DATUM(row_datum(fcinfo, &row));
}
