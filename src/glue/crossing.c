/*
 * crossing.c - the age from which one class has more children than another
 */
#include "glue.h"

#include "../kernel/crossing.h"

PG_FUNCTION_INFO_V1(nuso_crossing_age);

/* the column of a label, or NK_NO_LABEL */
static uint32_t
column_arg(FunctionCallInfo fcinfo, int argno, const Table *table)
{
	const text *label = PG_GETARG_TEXT_PP(argno);

	return nk_label_find(&table->columns,
						 (NkText) {VARDATA_ANY(label),
						 VARSIZE_ANY_EXHDR(label)});
}

/* nuso_crossing_age(crosstab, from_label, to_label, conf_level) */
Datum
nuso_crossing_age(PG_FUNCTION_ARGS)
{
	Table		table = table_arg(fcinfo, 0);
	uint32_t	from = column_arg(fcinfo, 1, &table);
	uint32_t	to = column_arg(fcinfo, 2, &table);
	NkCrossingAge ages[NK_CROSSING_AGES];
	double		labels[NK_CROSSING_AGES];
	ResultRow	row = {0};
	NkCrossing	crossing;
	NkStatus	status;

	check_status(nk_label_ages(&table.rows, NK_CROSSING_AGES, labels));
	for (uint32_t i = 0; i < table.counts.rows; i++)
		ages[i] = (NkCrossingAge) {
			.age = labels[i],
			.from = from == NK_NO_LABEL ? 0 : nk_count(&table.counts, i, from),
			.to = to == NK_NO_LABEL ? 0 : nk_count(&table.counts, i, to)
		};
	status = nk_crossing(ages, (int) table.counts.rows, PG_GETARG_FLOAT8(3),
						 &crossing);
	check_status(status);
	put_interval(&row, &crossing.age);
	if (crossing.crossings >= 0)
		put_int4(&row, crossing.crossings);
	else
		put_null(&row);
	put_text(&row, "p-spline");
	put_text(&row, status_name(status));
	PG_RETURN_DATUM(row_datum(fcinfo, &row));
}
