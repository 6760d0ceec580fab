/*
 * mantel_haenszel.c - final function of mantel_haenszel
 */
#include "glue.h"

#include "../kernel/mantel_haenszel.h"

PG_FUNCTION_INFO_V1(nuso_mantel_haenszel_final);

static void
put_named_test(ResultRow *row, const NkTestResult *test)
{
	put_float8(row, test->statistic);
	put_float8(row, test->df);
	put_float8(row, test->p_value);
}

/* nuso_mantel_haenszel_final(state) */
Datum
nuso_mantel_haenszel_final(PG_FUNCTION_ARGS)
{
	StratumList list = stratum_list_arg(fcinfo);
	ResultRow	row = {0};
	NkMantelHaenszel result;
	NkStatus	status = nk_mantel_haenszel(list.strata, list.count,
											list.conf_level, &result);

	check_status(status);
	put_int8(&row, result.n);
	put_int8(&row, result.strata);
	put_interval(&row, &result.odds_ratio);
	put_interval(&row, &result.risk_ratio);
	put_interval(&row, &result.risk_difference);
	put_named_test(&row, &result.test);
	put_named_test(&row, &result.breslow_day);
	put_text(&row, "mantel-haenszel");
	put_text(&row, status_name(status));
	PG_RETURN_DATUM(row_datum(fcinfo, &row));
}
