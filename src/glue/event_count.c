/*
 * event_count.c - the interval of a number of events
 */
#include "glue.h"

#include "../kernel/event_count.h"

PG_FUNCTION_INFO_V1(nuso_count_interval);

/* nuso_count_interval(events, conf_level, method) */
Datum
nuso_count_interval(PG_FUNCTION_ARGS)
{
	double		conf_level = PG_GETARG_FLOAT8(1);
	int			method = choice_arg(fcinfo, 2, nk_count_methods,
									"count interval method");
	NkInterval	interval;
	NkStatus	status = nk_count_interval(PG_GETARG_INT64(0), conf_level,
										   (NkCountMethod) method, &interval);

	PG_RETURN_DATUM(interval_datum(fcinfo, &interval, conf_level,
								   nk_count_methods[method], status));
}
