/*
 * lca_invariance.c - do latent classes mean the same in two groups?
 */
#include "lca_data.h"

#include "../kernel/lca_invariance.h"

PG_FUNCTION_INFO_V1(nuso_lca_invariance_test);

typedef struct Invariance
{
	NkLcaInvarianceTest test;
	NkLcaInvariance *items;
	int64		n[2];
} Invariance;

/* the arguments are patterns of two groups, classes, items, starts, seed */
static void *
begin_invariance(FunctionCallInfo fcinfo, uint64 *rows)
{
	int			classes = PG_GETARG_INT32(2);
	int			items = PG_GETARG_INT32(3);
	NkLcaSettings settings = lca_settings(PG_GETARG_INT32(4),
										  PG_GETARG_INT64(5));
	Invariance *result = palloc(sizeof(Invariance));
	NkLcaData	a;
	NkLcaData	b;
	void	   *room;

	check_status(items < 1 || items > NK_LCA_INVARIANCE_ITEMS ?
				 NK_TOO_MANY_ITEMS :
				 nk_lca_check(items, classes, &settings));
	a = lca_data_arg(fcinfo, 0, items);
	b = lca_data_arg(fcinfo, 1, items);
	result->items = palloc(items * sizeof(NkLcaInvariance));
	result->n[0] = nk_lca_count(a.n);
	result->n[1] = nk_lca_count(b.n);
	room = lca_allocate(nk_lca_invariance_size(&a, &b, classes, &settings));
	nk_lca_invariance_test(&a, &b, classes, &settings, room, &result->test,
						   result->items);
	pfree(room);
	*rows = items + 1;
	return result;
}

/* first the row of all items */
static void
make_invariance(ResultRow *row, void *source, uint64 i)
{
	const Invariance *invariance = source;
	const NkLcaInvariance *result = i == 0 ? &invariance->test.all :
		&invariance->items[i - 1];

	if (i == 0)
		put_null(row);
	else
		put_int4(row, (int32) i - 1);
	put_float8(row, result->statistic);
	put_float8(row, result->df);
	put_float8(row, result->p_value);
	put_float8(row, result->p_adjusted);
	put_int8(row, invariance->n[0]);
	put_int8(row, invariance->n[1]);
	put_text(row, "likelihood-ratio");
	put_text(row, status_name(result->status));
}

/* nuso_lca_invariance_test(a, b, classes, items, starts, seed) */
Datum
nuso_lca_invariance_test(PG_FUNCTION_ARGS)
{
	return return_rows(fcinfo, begin_invariance, make_invariance);
}
