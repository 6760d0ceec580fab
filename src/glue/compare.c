/*
 * compare.c - two proportions, a part and the rest, a fixed target
 */
#include "glue.h"

PG_FUNCTION_INFO_V1(nuso_compare);
PG_FUNCTION_INFO_V1(nuso_compare_to_rest);
PG_FUNCTION_INFO_V1(nuso_compare_to_target);
PG_FUNCTION_INFO_V1(nuso_difference_interval);
PG_FUNCTION_INFO_V1(nuso_odds_ratio_interval);

/* the row of a comparison; conf_level and test are arguments 2 and 3 */
static Datum
comparison_datum(FunctionCallInfo fcinfo, const NkProportion *a,
				 const NkProportion *b)
{
	ResultRow	row = {0};
	NkComparison c;
	int			test = choice_arg(fcinfo, 3, nk_comparison_tests, "test");
	NkStatus	status = nk_compare(a, b, PG_GETARG_FLOAT8(2),
									(NkComparisonTest) test, &c);

	check_status(status);
	put_int8(&row, a->n);
	put_int8(&row, a->events);
	put_float8(&row, c.p_a);
	put_int8(&row, b->n);
	put_int8(&row, b->events);
	put_float8(&row, c.p_b);
	put_interval(&row, &c.difference);
	put_interval(&row, &c.risk_ratio);
	put_interval(&row, &c.odds_ratio);
	put_float8(&row, c.test.statistic);
	put_float8(&row, c.test.df);
	put_float8(&row, c.test.p_value);
	put_text(&row, nk_comparison_tests[c.test_used]);
	put_text(&row, status_name(status));
	return row_datum(fcinfo, &row);
}

/* nuso_compare(a, b, conf_level, test) */
Datum
nuso_compare(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATUM(comparison_datum(fcinfo, proportion_arg(fcinfo, 0),
									 proportion_arg(fcinfo, 1)));
}

/* nuso_compare_to_rest(part, whole, conf_level, test) */
Datum
nuso_compare_to_rest(PG_FUNCTION_ARGS)
{
	const NkProportion *part = proportion_arg(fcinfo, 0);
	NkProportion rest;

	check_status(nk_proportion_rest(part, proportion_arg(fcinfo, 1), &rest));
	PG_RETURN_DATUM(comparison_datum(fcinfo, part, &rest));
}

/* nuso_compare_to_target(p, target, conf_level) */
Datum
nuso_compare_to_target(PG_FUNCTION_ARGS)
{
	NkTestResult result;
	NkTargetTest test_used = NK_TARGET_SCORE;
	double		z;
	NkStatus	status;

	/* the level does not change a p-value, but it may still be wrong */
	check_status(nk_critical_value(PG_GETARG_FLOAT8(2), &z));
	status = nk_compare_to_target(proportion_arg(fcinfo, 0),
								  PG_GETARG_FLOAT8(1), &result, &test_used);
	check_status(status);
	PG_RETURN_DATUM(test_datum(fcinfo, &result, nk_target_tests[test_used],
							   status));
}

/* nuso_difference_interval(a, b, conf_level, method) */
Datum
nuso_difference_interval(PG_FUNCTION_ARGS)
{
	double		conf_level = PG_GETARG_FLOAT8(2);
	int			method = choice_arg(fcinfo, 3, nk_difference_methods,
									"difference interval method");
	NkInterval	interval;
	NkStatus	status;

	status = nk_difference_interval(proportion_arg(fcinfo, 0),
									proportion_arg(fcinfo, 1), conf_level,
									(NkDifferenceMethod) method, &interval);
	PG_RETURN_DATUM(interval_datum(fcinfo, &interval, conf_level,
								   nk_difference_methods[method], status));
}

/* nuso_odds_ratio_interval(a, b, conf_level, method) */
Datum
nuso_odds_ratio_interval(PG_FUNCTION_ARGS)
{
	double		conf_level = PG_GETARG_FLOAT8(2);
	int			method = choice_arg(fcinfo, 3, nk_odds_ratio_methods,
									"odds ratio interval method");
	NkInterval	interval;
	NkStatus	status;

	status = nk_odds_ratio_by_method(proportion_arg(fcinfo, 0),
									 proportion_arg(fcinfo, 1), conf_level,
									 (NkOddsRatioMethod) method, &interval);
	PG_RETURN_DATUM(interval_datum(fcinfo, &interval, conf_level,
								   nk_odds_ratio_methods[method], status));
}
