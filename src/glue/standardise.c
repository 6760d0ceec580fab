/*
 * standardise.c - final functions of direct_standardise and
 * indirect_standardise
 */
#include "glue.h"

#include "../kernel/standardise.h"

PG_FUNCTION_INFO_V1(nuso_direct_standardise_final);
PG_FUNCTION_INFO_V1(nuso_indirect_standardise_final);

/* without a row nobody knows which level was asked for */
static double
level_shown(const GroupList *list)
{
	return list->count > 0 ? list->conf_level : NK_UNDEFINED;
}

/* nuso_direct_standardise_final(state) */
Datum
nuso_direct_standardise_final(PG_FUNCTION_ARGS)
{
	GroupList	list = group_list_arg(fcinfo);
	NkInterval	interval;
	NkStatus	status = nk_direct_standardise(list.groups, list.count,
											   list.conf_level, &interval);

	PG_RETURN_DATUM(interval_datum(fcinfo, &interval, level_shown(&list),
								   "dobson", status));
}

/* nuso_indirect_standardise_final(state) */
Datum
nuso_indirect_standardise_final(PG_FUNCTION_ARGS)
{
	GroupList	list = group_list_arg(fcinfo);
	NkInterval	interval;
	NkCountMethod method = NK_COUNT_EXACT;
	NkStatus	status = nk_indirect_standardise(list.groups, list.count,
												 list.conf_level, &interval,
												 &method);

	PG_RETURN_DATUM(interval_datum(fcinfo, &interval, level_shown(&list),
								   nk_count_methods[method], status));
}
