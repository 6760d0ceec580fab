/*
 * change_point.c - an age at which a slope changes
 */
#include "glue.h"

#include "../kernel/broken_line.h"
#include "../kernel/table.h"

PG_FUNCTION_INFO_V1(nuso_gap_change_point);
PG_FUNCTION_INFO_V1(nuso_change_point);

Datum
change_point_datum(FunctionCallInfo fcinfo, const NkChangePoint *change,
				   NkStatus status)
{
	ResultRow	row = {0};

	check_status(status);
	put_interval(&row, &change->age);
	put_float8(&row, change->slope_before);
	put_float8(&row, change->slope_after);
	put_float8(&row, change->statistic);
	put_float8(&row, change->p_value);
	put_text(&row, nk_change_point_methods[change->method]);
	put_text(&row, status_name(status));
	return row_datum(fcinfo, &row);
}

/* nuso_gap_change_point(curve, conf_level, gap) */
Datum
nuso_gap_change_point(PG_FUNCTION_ARGS)
{
	const NkAgeCurve *curve = (const NkAgeCurve *)
		summary_arg(fcinfo, 0, &nk_age_curve_kind);
	int			kind = choice_arg(fcinfo, 2, nk_gap_kinds, "gap");
	void	   *scratch = palloc(nk_change_point_scratch(NK_CURVE_AGES));
	NkGaps		gaps;
	NkChangePoint change;
	NkStatus	status;

	nk_gaps(curve, (NkGapKind) kind, &gaps);
	status = nk_gap_change_point(&gaps, PG_GETARG_FLOAT8(1), scratch,
								 &change);
	pfree(scratch);
	PG_RETURN_DATUM(change_point_datum(fcinfo, &change, status));
}

/* the rows that have children, and how many of these are of one column */
static int
share_ages(const NkCrosstab *crosstab, const text *event, NkShareAge *ages)
{
	NkTable		table = {
		.counts = nk_crosstab_counts(crosstab),
		.rows = crosstab->header.rows,
		.columns = crosstab->header.columns
	};
	NkLabelSet	rows = nk_crosstab_rows(crosstab);
	NkLabelSet	columns = nk_crosstab_columns(crosstab);
	uint32_t	column = nk_label_find(&columns,
									   (NkText) {VARDATA_ANY(event),
									   VARSIZE_ANY_EXHDR(event)});
	int64_t    *memory = palloc(nk_totals(&table) * sizeof(int64_t));
	double		labels[NK_BROKEN_LINE_MOST];
	NkMargins	margins;
	int			count = 0;

	nk_margins(&table, memory, &margins);
	check_status(margins.status);
	check_status(nk_label_ages(&rows, NK_BROKEN_LINE_MOST, labels));
	for (uint32_t i = 0; i < table.rows; i++)
		if (margins.rows[i] > 0)
			ages[count++] = (NkShareAge)
		{
			.age = labels[i],
			.n = margins.rows[i],
			.events = column == NK_NO_LABEL ? 0 : nk_count(&table, i, column)
		};
	pfree(memory);
	return count;
}

/* nuso_change_point(counts, event, conf_level) */
Datum
nuso_change_point(PG_FUNCTION_ARGS)
{
	const NkCrosstab *crosstab = (const NkCrosstab *)
		summary_arg(fcinfo, 0, &nk_crosstab_kind);
	NkShareAge	ages[NK_BROKEN_LINE_MOST];
	int			count = share_ages(crosstab, PG_GETARG_TEXT_PP(1), ages);
	void	   *scratch = palloc(nk_change_point_scratch(count));
	NkChangePoint change;
	NkStatus	status;

	status = nk_share_change_point(ages, count, PG_GETARG_FLOAT8(2), scratch,
								   &change);
	pfree(scratch);
	PG_RETURN_DATUM(change_point_datum(fcinfo, &change, status));
}
