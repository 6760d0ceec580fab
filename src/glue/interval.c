/*
 * interval.c - confidence intervals of one proportion
 */
#include "glue.h"

PG_FUNCTION_INFO_V1(nuso_proportion_confint);

/* nuso_proportion_confint(p, conf_level, method) */
Datum
nuso_proportion_confint(PG_FUNCTION_ARGS)
{
	double		conf_level = PG_GETARG_FLOAT8(1);
	int			method = choice_arg(fcinfo, 2, nk_interval_methods,
									"confidence interval method");
	NkInterval	interval;
	NkStatus	status = nk_confint(proportion_arg(fcinfo, 0), conf_level,
									(NkIntervalMethod) method, &interval);

	PG_RETURN_DATUM(interval_datum(fcinfo, &interval, conf_level,
								   nk_interval_methods[method], status));
}
