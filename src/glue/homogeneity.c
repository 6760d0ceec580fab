/*
 * homogeneity.c - final functions of homogeneity_test and trend_test
 */
#include "glue.h"

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

/* the columns of a trend_result */
Datum
trend_datum(FunctionCallInfo fcinfo, const NkTrend *trend, const char *method,
			NkStatus status)
{
	ResultRow	row = {0};

	check_status(status);
	put_test(&row, &trend->trend, method, status);
	put_float8(&row, trend->departure.statistic);
	put_float8(&row, trend->departure.df);
	put_float8(&row, trend->departure.p_value);
	put_float8(&row, trend->slope);
	return row_datum(fcinfo, &row);
}

/* nuso_trend_test_final(state) */
Datum
nuso_trend_test_final(PG_FUNCTION_ARGS)
{
	GroupList	list = group_list_arg(fcinfo);
	NkTrend		trend;
	NkStatus	status = nk_trend_test(list.groups, list.count, &trend);

	PG_RETURN_DATUM(trend_datum(fcinfo, &trend, "cochran-armitage", status));
}
