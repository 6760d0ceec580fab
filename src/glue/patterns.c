/*
 * patterns.c - the SQL type patterns: how often each response pattern was seen
 */
#include "glue.h"

#include "../kernel/patterns.h"

SUMMARY_TYPE(patterns)

PG_FUNCTION_INFO_V1(nuso_patterns_accum);
PG_FUNCTION_INFO_V1(nuso_pattern_counts);
PG_FUNCTION_INFO_V1(nuso_item_counts);
PG_FUNCTION_INFO_V1(nuso_select_items);

/*
 * nuso_patterns_accum(state, present [, observed [, count]]) - count a child,
 * or so many
 *
 * Without a mask of what was observed, everything was.  A row with a NULL is
 * not counted.
 */
Datum
nuso_patterns_accum(PG_FUNCTION_ARGS)
{
	NkTally    *state = tally_state(fcinfo, &nk_patterns_kind);

	if (!row_has_null(fcinfo))
		check_status(nk_patterns_add(state, PG_GETARG_INT64(1),
									 PG_NARGS() > 2 ? PG_GETARG_INT64(2) : INT64_MAX,
									 PG_NARGS() > 3 ? PG_GETARG_INT64(3) : 1));
	PG_RETURN_POINTER(state);
}

static void *
begin_patterns(FunctionCallInfo fcinfo, uint64 *rows)
{
	const NkSummary *patterns = summary_arg(fcinfo, 0, &nk_patterns_kind);

	*rows = patterns->rows;
	return (void *) patterns;
}

static void
make_pattern(ResultRow *row, void *source, uint64 i)
{
	const NkTally *patterns = source;

	put_int8(row, nk_pattern_present(patterns, i));
	put_int8(row, nk_pattern_observed(patterns, i));
	put_int8(row, nk_pattern_count(patterns, i));
}

/* nuso_pattern_counts(patterns) - one row a pattern */
Datum
nuso_pattern_counts(PG_FUNCTION_ARGS)
{
	return return_rows(fcinfo, begin_patterns, make_pattern);
}

static void *
begin_items(FunctionCallInfo fcinfo, uint64 *rows)
{
	const NkSummary *patterns = summary_arg(fcinfo, 0, &nk_patterns_kind);
	NkItemCount *counts = palloc(NK_ITEMS * sizeof(NkItemCount));

	nk_patterns_items((const NkTally *) patterns, counts);
	*rows = patterns->rows > 0 ? NK_ITEMS : 0;
	return counts;
}

static void
make_item(ResultRow *row, void *source, uint64 i)
{
	const NkItemCount *counts = source;

	put_int4(row, (int32) i);
	put_int8(row, counts[i].n);
	put_int8(row, counts[i].present);
}

/* nuso_item_counts(patterns) - one row an item */
Datum
nuso_item_counts(PG_FUNCTION_ARGS)
{
	return return_rows(fcinfo, begin_items, make_item);
}

/* nuso_select_items(patterns, items) - what was seen of some of the items */
Datum
nuso_select_items(PG_FUNCTION_ARGS)
{
	NkSummary  *rest = summary_canonical_copy(fcinfo, 0, &nk_patterns_kind);

	check_status(nk_patterns_select((NkTally *) rest, PG_GETARG_INT64(1)));
	SET_VARSIZE(rest, nk_summary_size(rest, &nk_patterns_kind));
	PG_RETURN_POINTER(rest);
}
