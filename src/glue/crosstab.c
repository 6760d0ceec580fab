/*
 * crosstab.c - the SQL type crosstab, its aggregates and constructor
 */
#include "glue.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "../kernel/crosstab.h"
#include "../kernel/distribution.h"

SUMMARY_TYPE(crosstab)

PG_FUNCTION_INFO_V1(nuso_crosstab_proportion_accum);
PG_FUNCTION_INFO_V1(nuso_crosstab_distribution_accum);
PG_FUNCTION_INFO_V1(nuso_make_crosstab);

/* room for an integer or a number as text */
typedef char LabelBuffer[64];

static const NkText labels_of_boolean[2] = {{"false", 5}, {"true", 4}};

static NkText
text_label(FunctionCallInfo fcinfo, int argno, LabelBuffer buffer)
{
	text	   *value = PG_GETARG_TEXT_PP(argno);

	return (NkText) {VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value)};
}

static NkText
integer_label(FunctionCallInfo fcinfo, int argno, LabelBuffer buffer)
{
	return (NkText) {buffer, pg_ltoa(PG_GETARG_INT32(argno), buffer)};
}

static NkText
boolean_label(FunctionCallInfo fcinfo, int argno, LabelBuffer buffer)
{
	return labels_of_boolean[PG_GETARG_BOOL(argno)];
}

/*
 * Count children in a cell of the state, or of a larger copy of it.
 *
 * A cell with a new label is merged as a table of its own, which happens once
 * a label and not once a row.
 */
static NkCrosstab *
count_cell(NkCrosstab *state, NkText row, NkText column, int64 count)
{
	int64_t    *cell = nk_crosstab_find(state, row, column);
	NkCrosstab *single;
	size_t		size;

	if (likely(cell != NULL))
	{
		if (!nk_add(state->n, count, &state->n))
			check_status(NK_OVERFLOW);
		*cell += count;
		return state;
	}
	size = nk_crosstab_cell_size(row, column);
	if (row.length > NK_CROSSTAB_LABELS || column.length > NK_CROSSTAB_LABELS)
		check_status(NK_TOO_LARGE);
	single = palloc0(size);
	SET_VARSIZE(single, size);
	nk_crosstab_make_cell(single, row, column, count);
	state = (NkCrosstab *) summary_with_room(&state->header,
											 &nk_crosstab_kind,
											 &single->header);
	check_status(nk_crosstab_kind.merge(&state->header, &single->header));
	pfree(single);
	return state;
}

/* the fourth argument, if there is one, says how many children a row is */
static int64
count_arg(FunctionCallInfo fcinfo)
{
	int64		count = PG_NARGS() > 3 ? PG_GETARG_INT64(3) : 1;

	if (count < 0)
		check_status(NK_NEGATIVE_COUNT);
	return count;
}

/*
 * nuso_crosstab_ROW_COLUMN_accum(state, row, column [, count]) - count a row
 *
 * A row with a NULL is not counted.  There is one function for each pair of
 * types: a state may be sent to another server, where nothing but the
 * function's name says what its arguments are.
 */
#define CROSSTAB_ACCUM(row_type, column_type) \
	PG_FUNCTION_INFO_V1(nuso_crosstab_##row_type##_##column_type##_accum); \
	Datum nuso_crosstab_##row_type##_##column_type##_accum(PG_FUNCTION_ARGS) \
	{ \
		NkCrosstab *state = (NkCrosstab *) \
			summary_state(fcinfo, &nk_crosstab_kind); \
		LabelBuffer row; \
		LabelBuffer column; \
		int64		count; \
		if (row_has_null(fcinfo)) \
			PG_RETURN_POINTER(state); \
		count = count_arg(fcinfo); \
		if (count > 0) \
			state = count_cell(state, row_type##_label(fcinfo, 1, row), \
							   column_type##_label(fcinfo, 2, column), \
							   count); \
		PG_RETURN_POINTER(state); \
	}

CROSSTAB_ACCUM(text, text)
CROSSTAB_ACCUM(text, integer)
CROSSTAB_ACCUM(text, boolean)
CROSSTAB_ACCUM(integer, text)
CROSSTAB_ACCUM(integer, integer)
CROSSTAB_ACCUM(integer, boolean)
CROSSTAB_ACCUM(boolean, text)
CROSSTAB_ACCUM(boolean, integer)
CROSSTAB_ACCUM(boolean, boolean)

NkCrosstab *
crosstab_count_proportion(NkCrosstab *state, NkText row,
						  const NkProportion *p)
{
	if (p->n > p->events)
		state = count_cell(state, row, labels_of_boolean[false],
						   p->n - p->events);
	if (p->events > 0)
		state = count_cell(state, row, labels_of_boolean[true], p->events);
	return state;
}

/* nuso_crosstab_proportion_accum(state, label, proportion) - a row false, true */
Datum
nuso_crosstab_proportion_accum(PG_FUNCTION_ARGS)
{
	NkCrosstab *state = (NkCrosstab *) summary_state(fcinfo,
													 &nk_crosstab_kind);
	LabelBuffer buffer;

	if (!row_has_null(fcinfo))
		state = crosstab_count_proportion(state,
										  text_label(fcinfo, 1, buffer),
										  proportion_arg(fcinfo, 2));
	PG_RETURN_POINTER(state);
}

/* nuso_crosstab_distribution_accum(state, label, distribution) - a row of values */
Datum
nuso_crosstab_distribution_accum(PG_FUNCTION_ARGS)
{
	NkCrosstab *state = (NkCrosstab *) summary_state(fcinfo,
													 &nk_crosstab_kind);
	const NkTally *distribution;
	LabelBuffer buffer;
	NkText		label;

	if (row_has_null(fcinfo))
		PG_RETURN_POINTER(state);
	distribution = (const NkTally *) summary_arg(fcinfo, 2,
												 &nk_distribution_kind);
	label = text_label(fcinfo, 1, buffer);
	for (uint32 i = 0; i < distribution->header.rows; i++)
	{
		NkValueCount entry = nk_distribution_entry(distribution, i);
		char	   *value = port_number(entry.value);

		state = count_cell(state, label,
						   (NkText) {value, strlen(value)}, entry.count);
		pfree(value);
	}
	PG_RETURN_POINTER(state);
}

/* one label of an array, or the number of its place if there is no array */
static NkText
label_at(ArrayType *labels, Datum *elements, int i, LabelBuffer buffer)
{
	text	   *value;

	if (labels == NULL)
		return (NkText) {buffer, pg_ltoa(i + 1, buffer)};
	value = DatumGetTextPP(elements[i]);
	return (NkText) {VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value)};
}

/* the labels of so many rows or columns, or NULL if none are given */
static ArrayType *
labels_arg(FunctionCallInfo fcinfo, int argno, int length, Datum **elements)
{
	ArrayType  *array;
	int			count;

	if (PG_ARGISNULL(argno))
		return NULL;
	array = PG_GETARG_ARRAYTYPE_P(argno);
	if (ARR_NDIM(array) > 1 || array_contains_nulls(array))
		check_status(NK_BAD_LABEL);
	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, elements, NULL,
					  &count);
	if (count != length)
		check_status(NK_BAD_LABEL);
	return array;
}

/* nuso_make_crosstab(counts, row_labels, col_labels) */
Datum
nuso_make_crosstab(PG_FUNCTION_ARGS)
{
	NkCrosstab *table = (NkCrosstab *) summary_new(&nk_crosstab_kind);
	ArrayType  *counts;
	ArrayType  *labels[2];
	Datum	   *elements[2] = {NULL, NULL};
	const int64 *values;
	int			rows;
	int			columns;
	int64_t		distinct;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	counts = PG_GETARG_ARRAYTYPE_P(0);
	if (ARR_NDIM(counts) != 2 || array_contains_nulls(counts))
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("counts must be a two-dimensional array without nulls"),
				 errhint("Write one inner array a row, as in ARRAY[[7, 27], [1, 33]].")));
	rows = ARR_DIMS(counts)[0];
	columns = ARR_DIMS(counts)[1];
	values = (const int64 *) ARR_DATA_PTR(counts);
	labels[0] = labels_arg(fcinfo, 1, rows, &elements[0]);
	labels[1] = labels_arg(fcinfo, 2, columns, &elements[1]);
	for (int i = 0; i < rows; i++)
		for (int j = 0; j < columns; j++)
		{
			LabelBuffer buffer[2];

			if (values[i * columns + j] < 0)
				check_status(NK_NEGATIVE_COUNT);
			/* with a count of 0 the labels are known, and may be checked */
			table = count_cell(table,
							   label_at(labels[0], elements[0], i, buffer[0]),
							   label_at(labels[1], elements[1], j, buffer[1]),
							   values[i * columns + j]);
		}
	distinct = (int64_t) table->header.rows * table->header.columns;
	if (distinct != (int64_t) rows * columns)
		check_status(NK_BAD_LABEL);
	PG_RETURN_DATUM(DirectFunctionCall1(nuso_crosstab_final,
										PointerGetDatum(table)));
}
