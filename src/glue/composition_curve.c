/*
 * composition_curve.c - shares of classes by age
 */
#include "glue.h"

#include "../kernel/composition_curve.h"

PG_FUNCTION_INFO_V1(nuso_composition_curve);

typedef struct CurveRows
{
	Table		table;
	double		ages[NK_COMPOSITION_AGES];
	NkCompositionPoint *points;
} CurveRows;

static void *
begin_curve(FunctionCallInfo fcinfo, uint64 *rows)
{
	CurveRows  *curve = palloc(sizeof(CurveRows));
	void	   *scratch = palloc(nk_composition_curve_scratch());

	curve->table = table_arg(fcinfo, 0);
	check_status(nk_label_ages(&curve->table.rows, NK_COMPOSITION_AGES,
							   curve->ages));
	*rows = (uint64) curve->table.counts.rows * curve->table.counts.columns;
	curve->points = palloc(*rows * sizeof(NkCompositionPoint));
	check_status(nk_composition_curve(&curve->table.counts,
									  &curve->table.margins, curve->ages,
									  PG_GETARG_FLOAT8(1), PG_GETARG_BOOL(2),
									  scratch, curve->points));
	pfree(scratch);
	return curve;
}

static void
make_point(ResultRow *row, void *source, uint64 at)
{
	const CurveRows *curve = source;
	const Table *table = &curve->table;
	const NkCompositionPoint *point = &curve->points[at];
	uint32_t	i = (uint32_t) (at / table->counts.columns);
	uint32_t	j = (uint32_t) (at % table->counts.columns);

	put_float8(row, curve->ages[i]);
	put_label(row, nk_label_text(&table->columns, j));
	put_int8(row, table->margins.rows[i]);
	put_int8(row, point->n);
	put_interval(row, &point->share);
	put_float8(row, point->band.lower);
	put_float8(row, point->band.upper);
	put_interval(row, &point->smooth);
	put_text(row, status_name(point->status));
}

/* nuso_composition_curve(crosstab, conf_level, cumulative) - one row a cell */
Datum
nuso_composition_curve(PG_FUNCTION_ARGS)
{
	return return_rows(fcinfo, begin_curve, make_point);
}
