/*
 * result.c - rows of named columns
 *
 * Columns are appended in the order of the composite type.  A number that is
 * not finite becomes NULL here and nowhere else, so no function of this
 * extension can return NaN or infinity.
 */
#include "glue.h"

#include "access/htup_details.h"
#include "utils/builtins.h"

static void
put(ResultRow *row, Datum value, bool is_null)
{
	Assert(row->columns < MAX_RESULT_COLUMNS);
	row->values[row->columns] = value;
	row->nulls[row->columns] = is_null;
	row->columns++;
}

void
put_float8(ResultRow *row, double value)
{
	if (isfinite(value))
		put(row, Float8GetDatum(value), false);
	else
		put_null(row);
}

void
put_int8(ResultRow *row, int64 value)
{
	put(row, Int64GetDatum(value), false);
}

void
put_int4(ResultRow *row, int32 value)
{
	put(row, Int32GetDatum(value), false);
}

void
put_bool(ResultRow *row, bool value)
{
	put(row, BoolGetDatum(value), false);
}

void
put_text(ResultRow *row, const char *value)
{
	put(row, CStringGetTextDatum(value), false);
}

void
put_label(ResultRow *row, NkText label)
{
	put(row, PointerGetDatum(cstring_to_text_with_len(label.bytes,
													  label.length)), false);
}

void
put_summary(ResultRow *row, const NkSummary *summary)
{
	put(row, PointerGetDatum(summary), false);
}

void
put_null(ResultRow *row)
{
	put(row, (Datum) 0, true);
}

void
put_bounds(ResultRow *row, const NkInterval *interval)
{
	put_float8(row, interval->lower);
	put_float8(row, interval->upper);
}

void
put_interval(ResultRow *row, const NkInterval *interval)
{
	put_float8(row, interval->estimate);
	put_bounds(row, interval);
}

void
put_test(ResultRow *row, const NkTestResult *test, const char *method,
		 NkStatus status)
{
	put_float8(row, test->statistic);
	put_float8(row, test->df);
	put_float8(row, test->df2);
	put_float8(row, test->p_value);
	put_text(row, method);
	put_text(row, status_name(status));
}

static Datum
row_tuple(TupleDesc descriptor, const ResultRow *row)
{
	if (descriptor->natts != row->columns)
		elog(ERROR, "result has %d columns, its type has %d", row->columns,
			 descriptor->natts);
	return HeapTupleGetDatum(heap_form_tuple(descriptor,
											 (Datum *) row->values,
											 (bool *) row->nulls));
}

/* the type of the function's rows, in the current context */
static TupleDesc
call_descriptor(FunctionCallInfo fcinfo)
{
	TupleDesc	found;

	if (get_call_result_type(fcinfo, NULL, &found) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "result type is not composite");
	return BlessTupleDesc(found);
}

/*
 * The descriptor is looked up once a call site.  The type belongs to the
 * extension, so it cannot change while the function is in use.
 */
static TupleDesc
result_descriptor(FunctionCallInfo fcinfo)
{
	FmgrInfo   *flinfo = fcinfo->flinfo;

	if (flinfo->fn_extra == NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(flinfo->fn_mcxt);

		flinfo->fn_extra = call_descriptor(fcinfo);
		MemoryContextSwitchTo(old);
	}
	return (TupleDesc) flinfo->fn_extra;
}

Datum
row_datum(FunctionCallInfo fcinfo, const ResultRow *row)
{
	return row_tuple(result_descriptor(fcinfo), row);
}

Datum
interval_datum(FunctionCallInfo fcinfo, const NkInterval *interval,
			   double conf_level, const char *method, NkStatus status)
{
	ResultRow	row = {0};

	check_status(status);
	put_interval(&row, interval);
	put_float8(&row, conf_level);
	put_text(&row, method);
	put_text(&row, status_name(status));
	return row_datum(fcinfo, &row);
}

Datum
test_datum(FunctionCallInfo fcinfo, const NkTestResult *test,
		   const char *method, NkStatus status)
{
	ResultRow	row = {0};

	put_test(&row, test, method, status);
	return row_datum(fcinfo, &row);
}

Datum
return_rows(FunctionCallInfo fcinfo, BeginRows begin, MakeRow make)
{
	FuncCallContext *call;

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext old;

		call = SRF_FIRSTCALL_INIT();
		old = MemoryContextSwitchTo(call->multi_call_memory_ctx);
		call->tuple_desc = call_descriptor(fcinfo);
		call->user_fctx = begin(fcinfo, &call->max_calls);
		MemoryContextSwitchTo(old);
	}

	call = SRF_PERCALL_SETUP();
	if (call->call_cntr < call->max_calls)
	{
		ResultRow	row = {0};
		Datum		tuple;

		make(&row, call->user_fctx, call->call_cntr);
		/* not inside the macro, which counts before it evaluates */
		tuple = row_tuple(call->tuple_desc, &row);
		SRF_RETURN_NEXT(call, tuple);
	}
	SRF_RETURN_DONE(call);
}
