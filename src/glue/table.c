/*
 * table.c - tests, residuals and shares of a crosstab
 */
#include "glue.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "../kernel/adjust.h"
#include "../kernel/composition.h"
#include "../kernel/cramers_v.h"
#include "../kernel/crosstab.h"
#include "../kernel/fisher.h"
#include "../kernel/independence.h"
#include "../kernel/linear_trend.h"
#include "../kernel/residuals.h"

PG_FUNCTION_INFO_V1(nuso_chisq_test);
PG_FUNCTION_INFO_V1(nuso_g_test);
PG_FUNCTION_INFO_V1(nuso_cramers_v);
PG_FUNCTION_INFO_V1(nuso_fisher_test);
PG_FUNCTION_INFO_V1(nuso_linear_trend_test);
PG_FUNCTION_INFO_V1(nuso_cells);
PG_FUNCTION_INFO_V1(nuso_composition);

/* the totals; called again where counts have changed */
static void
add_up(Table *table)
{
	int64_t    *memory = palloc(nk_totals(&table->counts) * sizeof(int64_t));

	nk_margins(&table->counts, memory, &table->margins);
	check_status(table->margins.status);
}

Table
table_arg(FunctionCallInfo fcinfo, int argno)
{
	const NkCrosstab *crosstab = (const NkCrosstab *)
		summary_arg(fcinfo, argno, &nk_crosstab_kind);
	Table		table = {
		.counts = {
			.counts = nk_crosstab_counts(crosstab),
			.rows = crosstab->header.rows,
			.columns = crosstab->header.columns
		},
		.rows = nk_crosstab_rows(crosstab),
		.columns = nk_crosstab_columns(crosstab)
	};

	add_up(&table);
	return table;
}

static Datum
independence_datum(FunctionCallInfo fcinfo, const Table *table,
				   const NkIndependence *result, const char *method,
				   NkStatus status)
{
	ResultRow	row = {0};

	put_test(&row, &result->test, method, status);
	put_int8(&row, table->margins.n);
	put_float8(&row, result->smallest_expected);
	put_float8(&row, result->share_below_5);
	return row_datum(fcinfo, &row);
}

/* nuso_chisq_test(crosstab) */
Datum
nuso_chisq_test(PG_FUNCTION_ARGS)
{
	Table		table = table_arg(fcinfo, 0);
	NkIndependence result;
	NkStatus	status = nk_chisq_test(&table.counts, &table.margins,
									   &result);

	PG_RETURN_DATUM(independence_datum(fcinfo, &table, &result, "pearson",
									   status));
}

/* nuso_g_test(crosstab) */
Datum
nuso_g_test(PG_FUNCTION_ARGS)
{
	Table		table = table_arg(fcinfo, 0);
	NkIndependence result;
	NkStatus	status = nk_g_test(&table.counts, &table.margins, &result);

	PG_RETURN_DATUM(independence_datum(fcinfo, &table, &result,
									   "likelihood-ratio", status));
}

/* nuso_cramers_v(crosstab, conf_level) */
Datum
nuso_cramers_v(PG_FUNCTION_ARGS)
{
	Table		table = table_arg(fcinfo, 0);
	double		conf_level = PG_GETARG_FLOAT8(1);
	ResultRow	row = {0};
	NkCramersV	result;
	NkStatus	status = nk_cramers_v(&table.counts, &table.margins,
									  conf_level, &result);

	check_status(status);
	put_interval(&row, &result.v);
	put_float8(&row, conf_level);
	put_text(&row, "noncentral-chi-square");
	put_text(&row, status_name(status));
	put_float8(&row, result.bias_corrected);
	PG_RETURN_DATUM(row_datum(fcinfo, &row));
}

/* nuso_fisher_test(crosstab, replicates, seed) */
Datum
nuso_fisher_test(PG_FUNCTION_ARGS)
{
	Table		table = table_arg(fcinfo, 0);
	void	   *memory = palloc(nk_fisher_memory(&table.counts,
												 &table.margins));
	NkTestResult test = NK_NO_TEST;
	ResultRow	row = {0};
	NkFisher	result;
	NkStatus	status;

	status = nk_fisher_test(&table.counts, &table.margins,
							PG_GETARG_INT32(1), PG_GETARG_INT64(2), memory,
							&result);
	check_status(status);
	pfree(memory);
	test.p_value = result.p_value;
	put_test(&row, &test, nk_fisher_methods[result.method], status);
	put_float8(&row, result.p_lower);
	put_float8(&row, result.p_upper);
	put_int4(&row, result.replicates);
	PG_RETURN_DATUM(row_datum(fcinfo, &row));
}

/* the place of a label in an array of texts, from 1; NK_UNDEFINED if none */
static double
place_of(NkText label, Datum *places, int count)
{
	for (int i = 0; i < count; i++)
	{
		text	   *place = DatumGetTextPP(places[i]);

		if (VARSIZE_ANY_EXHDR(place) == label.length &&
			memcmp(VARDATA_ANY(place), label.bytes, label.length) == 0)
			return i + 1;
	}
	return NK_UNDEFINED;
}

/*
 * The scores of labels: their places in the array of the argument, if there
 * is one; else the numbers that they are; else their places in the table.
 */
static double *
scores_arg(FunctionCallInfo fcinfo, int argno, const NkLabelSet *labels)
{
	double	   *scores = palloc(labels->count * sizeof(double));
	bool		numbers = nk_labels_are_numbers(labels);
	Datum	   *places = NULL;
	int			count = 0;

	if (!PG_ARGISNULL(argno))
	{
		ArrayType  *array = PG_GETARG_ARRAYTYPE_P(argno);

		if (ARR_NDIM(array) > 1 || array_contains_nulls(array))
			check_status(NK_BAD_ORDER);
		deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &places,
						  NULL, &count);
	}
	for (uint32_t i = 0; i < labels->count; i++)
	{
		NkText		label = nk_label_text(labels, i);

		CHECK_FOR_INTERRUPTS();
		if (!PG_ARGISNULL(argno))
			scores[i] = place_of(label, places, count);
		else
			scores[i] = numbers ? nk_label_number(label) : i + 1;
	}
	return scores;
}

/* leave out the children whose row or column has no score */
static void
leave_out(Table *table, double *row_scores, double *column_scores)
{
	NkTable    *counts = &table->counts;
	size_t		cells = (size_t) counts->rows * counts->columns;
	int64_t    *kept = palloc(cells * sizeof(int64_t));

	for (size_t cell = 0; cell < cells; cell++)
		kept[cell] = isnan(row_scores[cell / counts->columns]) ||
			isnan(column_scores[cell % counts->columns]) ?
			0 : counts->counts[cell];
	counts->counts = kept;
	add_up(table);
}

/* nuso_linear_trend_test(crosstab, row_order, col_order) */
Datum
nuso_linear_trend_test(PG_FUNCTION_ARGS)
{
	Table		table;
	double	   *row_scores;
	double	   *column_scores;
	NkTestResult result;
	NkStatus	status;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	table = table_arg(fcinfo, 0);
	row_scores = scores_arg(fcinfo, 1, &table.rows);
	column_scores = scores_arg(fcinfo, 2, &table.columns);
	leave_out(&table, row_scores, column_scores);
	status = nk_linear_trend_test(&table.counts, &table.margins, row_scores,
								  column_scores, &result);
	PG_RETURN_DATUM(test_datum(fcinfo, &result, "linear-by-linear", status));
}

/* what rows of cells are made of */
typedef struct CellRows
{
	Table		table;
	double	   *p_adjusted;
	double		z;
} CellRows;

/* the table, with as many rows as it has cells */
static CellRows *
cell_rows(FunctionCallInfo fcinfo, uint64 *rows)
{
	CellRows   *cells = palloc0(sizeof(CellRows));

	cells->table = table_arg(fcinfo, 0);
	*rows = (uint64) cells->table.counts.rows * cells->table.counts.columns;
	return cells;
}

static void
put_labels(ResultRow *row, const Table *table, uint32_t i, uint32_t j)
{
	put_label(row, nk_label_text(&table->rows, i));
	put_label(row, nk_label_text(&table->columns, j));
}

/* with Holm's p-values of all cells that have one */
static void *
begin_cells(FunctionCallInfo fcinfo, uint64 *rows)
{
	CellRows   *cells = cell_rows(fcinfo, rows);
	const NkTable *counts = &cells->table.counts;
	double	   *p = palloc(*rows * sizeof(double));
	size_t	   *order = palloc(*rows * sizeof(size_t));

	for (uint32_t i = 0; i < counts->rows; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (uint32_t j = 0; j < counts->columns; j++)
			p[(size_t) i * counts->columns + j] =
				nk_cell(counts, &cells->table.margins, i, j).p_value;
	}
	check_status(nk_adjust(p, *rows, NK_HOLM, p, order));
	pfree(order);
	cells->p_adjusted = p;
	return cells;
}

static void
make_cell(ResultRow *row, void *source, uint64 at)
{
	const CellRows *cells = source;
	const Table *table = &cells->table;
	uint32_t	i = (uint32_t) (at / table->counts.columns);
	uint32_t	j = (uint32_t) (at % table->counts.columns);
	NkCell		cell = nk_cell(&table->counts, &table->margins, i, j);

	put_labels(row, table, i, j);
	put_int8(row, nk_count(&table->counts, i, j));
	put_float8(row, cell.expected);
	put_float8(row, cell.std_residual);
	put_float8(row, cell.adj_residual);
	put_float8(row, cell.p_value);
	put_float8(row, cells->p_adjusted[at]);
}

/* nuso_cells(crosstab) - one row a cell */
Datum
nuso_cells(PG_FUNCTION_ARGS)
{
	return return_rows(fcinfo, begin_cells, make_cell);
}

static void *
begin_shares(FunctionCallInfo fcinfo, uint64 *rows)
{
	CellRows   *cells = cell_rows(fcinfo, rows);

	check_status(nk_simultaneous_critical_value(PG_GETARG_FLOAT8(1),
												cells->table.counts.columns,
												&cells->z));
	return cells;
}

static void
make_share(ResultRow *row, void *source, uint64 at)
{
	const CellRows *cells = source;
	const Table *table = &cells->table;
	uint32_t	i = (uint32_t) (at / table->counts.columns);
	uint32_t	j = (uint32_t) (at % table->counts.columns);
	NkInterval	share;
	NkStatus	status = nk_row_share(&table->counts, &table->margins,
									  cells->z, i, j, &share);

	put_labels(row, table, i, j);
	put_int8(row, table->margins.rows[i]);
	put_int8(row, nk_count(&table->counts, i, j));
	put_interval(row, &share);
	put_text(row, status_name(status));
}

/* nuso_composition(crosstab, conf_level) - one row a cell */
Datum
nuso_composition(PG_FUNCTION_ARGS)
{
	return return_rows(fcinfo, begin_shares, make_share);
}
