/*
 * chart.c - what a chart may be asked for
 *
 * Charts are written in SQL (src/install/80-chart.sql), which can raise no
 * error of its own: this is its door to the one that names of methods use.
 */
#include "glue.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(nuso_chart_choice);

/* nuso_chart_choice(given, choices, what) - given, if it is one of them */
Datum
nuso_chart_choice(PG_FUNCTION_ARGS)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(1);
	Datum	   *choices;
	bool	   *nulls;
	const char **names;
	int			count;
	int			used = 0;

	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &choices, &nulls,
					  &count);
	names = palloc((count + 1) * sizeof(*names));
	for (int i = 0; i < count; i++)
		if (!nulls[i])
			names[used++] = TextDatumGetCString(choices[i]);
	names[used] = NULL;
	choice_arg(fcinfo, 0, names, text_to_cstring(PG_GETARG_TEXT_PP(2)));
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}
