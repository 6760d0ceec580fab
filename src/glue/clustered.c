/*
 * clustered.c - the SQL type clustered, its aggregates and statistics
 */
#include "glue.h"

#include "../kernel/clustered.h"

SUMMARY_TYPE(clustered)

PG_FUNCTION_INFO_V1(nuso_clustered_proportion_accum);
PG_FUNCTION_INFO_V1(nuso_clustered_crosstab_accum);
PG_FUNCTION_INFO_V1(nuso_clusters);
PG_FUNCTION_INFO_V1(nuso_clustered_estimate);
PG_FUNCTION_INFO_V1(nuso_clustered_confint);
PG_FUNCTION_INFO_V1(nuso_clustered_difference_interval);
PG_FUNCTION_INFO_V1(nuso_design_effect);
PG_FUNCTION_INFO_V1(nuso_rao_scott_test);

const NkCrosstab *
clustered_arg(FunctionCallInfo fcinfo, int argno)
{
	return (const NkCrosstab *) summary_arg(fcinfo, argno,
											&nk_clustered_kind);
}

Datum
clustered_count(FunctionCallInfo fcinfo, const NkCrosstab *cluster)
{
	NkSummary  *state = summary_state(fcinfo, &nk_clustered_kind);

	state = summary_with_room(state, &nk_clustered_kind, &cluster->header);
	check_status(nk_add_cluster((NkCrosstab *) state, cluster));
	PG_RETURN_POINTER(state);
}

/* nuso_clustered_crosstab_accum(state, crosstab) */
Datum
nuso_clustered_crosstab_accum(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(summary_state(fcinfo, &nk_clustered_kind));
	return clustered_count(fcinfo, (const NkCrosstab *)
						 summary_arg(fcinfo, 1, &nk_crosstab_kind));
}

/* nuso_clustered_proportion_accum(state, proportion) - a row false, true */
Datum
nuso_clustered_proportion_accum(PG_FUNCTION_ARGS)
{
	NkCrosstab *cluster;

	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(summary_state(fcinfo, &nk_clustered_kind));
	cluster = (NkCrosstab *) summary_new(&nk_crosstab_kind);
	cluster = crosstab_count_proportion(cluster, (NkText) {"", 0},
										proportion_arg(fcinfo, 1));
	return clustered_count(fcinfo, cluster);
}

Datum
nuso_clusters(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(nk_cluster_table(clustered_arg(fcinfo, 0)).clusters);
}

/* nuso_clustered_estimate(clustered) */
Datum
nuso_clustered_estimate(PG_FUNCTION_ARGS)
{
	NkEventTable events;
	double		estimate;

	nk_event_table(clustered_arg(fcinfo, 0), &events);
	check_status(nk_cluster_estimate(&events.table, &estimate));
	RETURN_FLOAT8(estimate);
}

/* nuso_clustered_confint(clustered, conf_level, method) */
Datum
nuso_clustered_confint(PG_FUNCTION_ARGS)
{
	double		conf_level = PG_GETARG_FLOAT8(1);
	int			method = choice_arg(fcinfo, 2, nk_cluster_methods,
									"confidence interval method");
	NkEventTable events;
	NkInterval	interval;
	NkClusterMethod used;
	NkStatus	status;

	nk_event_table(clustered_arg(fcinfo, 0), &events);
	status = nk_cluster_confint(&events.table, conf_level,
								(NkClusterMethod) method, &interval, &used);
	PG_RETURN_DATUM(interval_datum(fcinfo, &interval, conf_level,
								   nk_cluster_methods[used], status));
}

/* nuso_clustered_difference_interval(clustered, conf_level) */
Datum
nuso_clustered_difference_interval(PG_FUNCTION_ARGS)
{
	double		conf_level = PG_GETARG_FLOAT8(1);
	NkEventTable events;
	NkInterval	interval;
	NkStatus	status;

	nk_event_table(clustered_arg(fcinfo, 0), &events);
	status = nk_cluster_difference(&events.table, conf_level, &interval);
	PG_RETURN_DATUM(interval_datum(fcinfo, &interval, conf_level, "linear",
								   status));
}

/* nuso_design_effect(clustered) */
Datum
nuso_design_effect(PG_FUNCTION_ARGS)
{
	NkEventTable events;
	double		effect;

	nk_event_table(clustered_arg(fcinfo, 0), &events);
	check_status(nk_design_effect(&events.table, &effect));
	RETURN_FLOAT8(effect);
}

/* nuso_rao_scott_test(clustered) */
Datum
nuso_rao_scott_test(PG_FUNCTION_ARGS)
{
	NkClusterTable table = nk_cluster_table(clustered_arg(fcinfo, 0));
	NkTestResult result;
	NkStatus	status;

	status = nk_rao_scott_test(&table, palloc(nk_rao_scott_scratch(&table)),
							   &result);
	PG_RETURN_DATUM(test_datum(fcinfo, &result, "rao-scott", status));
}
