/*
 * configural.c - types and antitypes among configurations of items
 */
#include "glue.h"

#include "utils/memutils.h"

#include "../kernel/configural.h"

PG_FUNCTION_INFO_V1(nuso_configural_frequencies);

/* what rows are made of */
typedef struct Configurations
{
	NkConfigural table;
	NkConfiguralMethod method;
	double		level;			/* of the tests, adjusted */
	double	   *p_adjusted;
	uint32	   *shown;
} Configurations;

/* NULL for what is neither */
static const char *
kind_of(const Configurations *all, const NkConfiguration *one, double p)
{
	if (!(p <= all->level))
		return NULL;
	return one->n > one->expected ? "type" : "antitype";
}

static void *
memory_for(size_t items, size_t size)
{
	return MemoryContextAllocHuge(CurrentMemoryContext, items * size);
}

/*
 * Those that somebody has, and those that nobody has although many should.
 * Without any child there is one row, which says so.
 */
static void *
begin_configurations(FunctionCallInfo fcinfo, uint64 *rows)
{
	const NkTally *patterns = (const NkTally *)
		summary_arg(fcinfo, 0, &nk_patterns_kind);
	double		conf_level = PG_GETARG_FLOAT8(3);
	NkAdjustMethod adjustment = choice_arg(fcinfo, 4, nk_adjust_methods,
										   "method of adjustment");
	Configurations *all = palloc0(sizeof(Configurations));
	NkConfigural *table = &all->table;
	size_t		count;
	int64	   *counts;
	size_t	   *order;

	all->method = choice_arg(fcinfo, 2, nk_configural_methods, "method");
	if (!(conf_level > 0 && conf_level < 1))
		check_status(NK_BAD_CONF_LEVEL);
	all->level = 1 - conf_level;
	check_status(nk_configural_items(PG_GETARG_INT64(1), table));
	count = nk_configurations(table);
	counts = memory_for(count, sizeof(int64));
	nk_configural_count(patterns, counts, table);
	*rows = 1;
	if (table->n == 0)
		return all;

	all->p_adjusted = memory_for(count, sizeof(double));
	all->shown = memory_for(count, sizeof(uint32));
	order = memory_for(count, sizeof(size_t));
	check_status(nk_configural_adjusted(table, all->method, adjustment,
										all->p_adjusted, order));
	pfree(order);
	*rows = 0;
	for (size_t c = 0; c < count; c++)
		if (counts[c] > 0 || all->p_adjusted[c] <= all->level)
			all->shown[(*rows)++] = (uint32) c;
	return all;
}

static void
make_configuration(ResultRow *row, void *source, uint64 i)
{
	const Configurations *all = source;
	const NkConfigural *table = &all->table;
	NkConfiguration one = {0};
	const char *kind;
	uint32		which;

	if (table->n == 0)
	{
		for (int column = 0; column < 9; column++)
			put_null(row);
		put_int8(row, 0);
		put_int8(row, table->n_incomplete);
		put_text(row, status_name(NK_EMPTY));
		return;
	}
	which = all->shown[i];
	one = nk_configuration(table, which, all->method);
	kind = kind_of(all, &one, all->p_adjusted[which]);
	put_int8(row, nk_configuration_mask(table, which));
	put_int8(row, one.n);
	put_float8(row, one.expected);
	put_float8(row, one.ratio);
	put_float8(row, one.statistic);
	put_float8(row, one.p_value);
	put_float8(row, all->p_adjusted[which]);
	if (kind != NULL)
		put_text(row, kind);
	else
		put_null(row);
	put_text(row, nk_configural_methods[one.method_used]);
	put_int8(row, table->n);
	put_int8(row, table->n_incomplete);
	put_text(row, status_name(one.status));
}

/* nuso_configural_frequencies(patterns, items, method, conf_level, adjust) */
Datum
nuso_configural_frequencies(PG_FUNCTION_ARGS)
{
	return return_rows(fcinfo, begin_configurations, make_configuration);
}
