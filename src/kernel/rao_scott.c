/*
 * rao_scott.c - test of independence in a table, over clusters
 *
 * Pearson's X^2 supposes that children are independent.  Where they sit in
 * clusters it is distributed as a sum of chi-squares, weighted by the
 * eigenvalues of a matrix Delta of design effects.  Rao and Scott's correction
 * of second order takes mean and spread of them into account:
 *
 *	F = X^2 / tr(Delta)		on d0 and d0 (G - 1) degrees of freedom
 *	d0 = tr(Delta)^2 / tr(Delta^2)
 *
 *	Rao J N K, Scott A J (1984) On chi-squared tests for multiway contingency
 *	tables with cell proportions estimated from survey data.  Annals of
 *	Statistics 12:46-60.  doi:10.1214/aos/1176346391
 *	Thomas D R, Rao J N K (1987) Small-sample comparisons of level and power
 *	for simple goodness-of-fit statistics under cluster sampling.  Journal of
 *	the American Statistical Association 82:630-636.
 *	doi:10.1080/01621459.1987.10478476
 *
 * With C a basis of the tables whose rows and columns all add up to 0, D the
 * diagonal of the cell shares p (1 / p := 0 for an empty cell) and
 * y_g = n_g(c) / N(c) - n_g / N what cluster g deviates in cell c,
 *
 *	Delta = (C' D^-1 C / N)^-1 (G / (G - 1) sum_g (C' y_g) (C' y_g)')
 *
 * The traces do not depend on the basis, their accuracy does: with rare cells
 * an arbitrary basis loses as many digits as 1 / p is large.  Here cells are
 * the edges of a graph between rows and columns.  Its maximal spanning tree
 * takes the cells with the smallest 1 / p; every cell beside the tree closes
 * one cycle, along which signs alternate, and these cycles are the basis.
 * The cell beside the tree has the largest 1 / p of its cycle, so that C' D^-1
 * C, scaled to a unit diagonal, is well-conditioned whatever the shares are.
 * If an empty cell lies beside the tree, its cycle consists of empty cells and
 * the matrix is singular: NK_TOO_FEW.
 *
 * Rows and columns without children are left out first; with one of either
 * left there is nothing to test, NK_ZERO_MARGIN.  If no cluster deviates from
 * the pooled association, its variance is 0: NK_NO_VARIATION.  Accuracy: 1e-12
 * relative, held by test_rao_scott against 80-digit arithmetic; the p-value
 * that of F.
 */
#include "clustered.h"

#include "independence.h"
#include "linear.h"
#include "pair.h"

#define MOST_VERTICES	(NK_CLUSTERED_CELLS + 1)	/* rows and columns */

/* a sum of squares of shares that is below this is nothing but rounding */
#define ROUNDING	1e-28

/* one cell of the table without empty rows and columns */
typedef struct Cell
{
	uint16_t	row;			/* vertices of the graph */
	uint16_t	column;
	uint16_t	index;			/* in the counts of the whole table */
	bool		in_tree;
} Cell;

typedef struct Graph
{
	const NkClusterTable *table;
	uint32_t	rows;			/* that have children */
	uint32_t	columns;
	uint32_t	cells;
	int64_t		n;
	Cell		cell[NK_CLUSTERED_CELLS];	/* by increasing 1 / p */
	uint32_t	order;			/* of the test: cells beside the tree */

	/* the tree from its root, row 0: each edge leads to a new vertex */
	uint32_t	edges;
	uint16_t	edge[MOST_VERTICES];	/* place in cell */
	bool		to_row[MOST_VERTICES];
} Graph;

static int64_t
count_of(const Graph *graph, uint32_t place)
{
	return graph->table->counts[graph->cell[place].index];
}

/* an empty cell has 1 / p = 0, as if it were infinitely common */
static bool
is_rarer(int64_t count, int64_t than)
{
	return count != 0 && (than == 0 || count < than);
}

/* cells without empty rows and columns, by increasing 1 / p */
static void
list_cells(Graph *graph, const NkMargins *margins)
{
	const NkClusterTable *table = graph->table;
	uint16_t	row = 0;

	graph->rows = margins->used_rows;
	graph->columns = margins->used_columns;
	for (uint32_t i = 0; i < table->rows; i++)
	{
		uint16_t	column = 0;

		if (margins->rows[i] == 0)
			continue;
		for (uint32_t j = 0; j < table->columns; j++)
		{
			uint32_t	index = i * table->columns + j;
			uint32_t	place;

			if (margins->columns[j] == 0)
				continue;
			for (place = graph->cells++; place > 0 &&
				 is_rarer(count_of(graph, place - 1), table->counts[index]);
				 place--)
				graph->cell[place] = graph->cell[place - 1];
			graph->cell[place] = (Cell) {row, column++, (uint16_t) index,
				false};
		}
		row++;
	}
}

/*
 * find_tree - Kruskal: take a cell unless it closes a cycle
 *
 * False if an empty cell does.
 */
static bool
find_tree(Graph *graph)
{
	uint16_t	part[MOST_VERTICES];	/* number of the vertex's component */
	uint32_t	vertices = graph->rows + graph->columns;
	bool		reached[MOST_VERTICES] = {true};

	for (uint32_t v = 0; v < vertices; v++)
		part[v] = (uint16_t) v;
	for (uint32_t place = 0; place < graph->cells; place++)
	{
		Cell	   *cell = &graph->cell[place];
		uint16_t	from = part[cell->row];
		uint16_t	to = part[graph->rows + cell->column];

		cell->in_tree = from != to;
		if (!cell->in_tree)
		{
			if (count_of(graph, place) == 0)
				return false;
			graph->order++;
			continue;
		}
		for (uint32_t v = 0; v < vertices; v++)
			if (part[v] == from)
				part[v] = to;
	}

	/* the order in which a walk from the root meets the edges */
	while (graph->edges + 1 < vertices)
		for (uint32_t place = 0; place < graph->cells; place++)
		{
			Cell	   *cell = &graph->cell[place];
			bool	   *row = &reached[cell->row];
			bool	   *column = &reached[graph->rows + cell->column];

			if (!cell->in_tree || *row == *column)
				continue;
			graph->to_row[graph->edges] = *column;
			graph->edge[graph->edges++] = (uint16_t) place;
			*row = *column = true;
		}
	return true;
}

static NkPair
less(NkPair a, NkPair b)
{
	return nk_pair_add(a, nk_pair_negate(b));
}

/*
 * contrast - turn the values of all cells into those of the basis, C' y
 *
 * The alternating sum along the cycle of a cell is what its value differs from
 * the additive table that agrees with the values in the tree.  Values are
 * stride apart; those in the tree are left as they are.
 */
static void
contrast(const Graph *graph, NkPair *values, size_t stride)
{
	NkPair		row[MOST_VERTICES];
	NkPair		column[MOST_VERTICES];

	row[0] = (NkPair) {0, 0};
	for (uint32_t e = 0; e < graph->edges; e++)
	{
		const Cell *cell = &graph->cell[graph->edge[e]];
		NkPair		value = values[graph->edge[e] * stride];

		if (graph->to_row[e])
			row[cell->row] = less(value, column[cell->column]);
		else
			column[cell->column] = less(value, row[cell->row]);
	}
	for (uint32_t place = 0; place < graph->cells; place++)
	{
		const Cell *cell = &graph->cell[place];
		NkPair	   *value = &values[place * stride];

		if (!cell->in_tree)
			*value = less(*value, nk_pair_add(row[cell->row],
											  column[cell->column]));
	}
}

/* C' matrix C, of the cells beside the tree, into a square of that order */
static void
contrast_both(const Graph *graph, NkPair *matrix, double *result)
{
	size_t		cells = graph->cells;

	nk_check_interrupts();
	for (size_t i = 0; i < cells; i++)
		contrast(graph, &matrix[i * cells], 1);
	for (size_t j = 0; j < cells; j++)
		if (!graph->cell[j].in_tree)
			contrast(graph, &matrix[j], cells);
	for (size_t i = 0; i < cells; i++)
		for (size_t j = 0; j < cells; j++)
			if (!graph->cell[i].in_tree && !graph->cell[j].in_tree)
				*result++ = matrix[i * cells + j].high;
}

/* y_g(c) y_g(d), summed over clusters, for all cells c and d */
static void
deviations(const Graph *graph, NkPair *matrix)
{
	const Cell *cell = graph->cell;
	NkPair		n = nk_pair_of_integer(graph->n);
	NkPair		count[NK_CLUSTERED_CELLS];
	NkPair		with_size[NK_CLUSTERED_CELLS];	/* sum of n_g(c) n_g */
	__int128	squares = 0;	/* sum of n_g^2 */
	NkPair		mean_size;

	for (uint32_t c = 0; c < graph->cells; c++)
	{
		__int128	sum = 0;

		for (uint32_t d = 0; d < graph->cells; d++)
			sum += nk_product_of(graph->table, cell[c].index, cell[d].index);
		count[c] = nk_pair_of_integer(count_of(graph, c));
		with_size[c] = nk_pair_of_integer(sum);
		squares += sum;
	}
	mean_size = nk_pair_divide(nk_pair_of_integer(squares), n);

	for (uint32_t c = 0; c < graph->cells; c++)
	{
		/* of the clusters of the children in the cell, less the mean size */
		NkPair		size = {0, 0};

		if (count[c].high > 0)
			size = less(nk_pair_divide(with_size[c], count[c]), mean_size);
		for (uint32_t d = 0; d < graph->cells; d++, matrix++)
		{
			NkPair		y;			/* sum of n_g(d) y_g(c) */

			*matrix = (NkPair) {0, 0};
			if (count[c].high == 0 || count[d].high == 0)
				continue;
			y = nk_pair_of_integer(nk_product_of(graph->table, cell[c].index,
												 cell[d].index));
			y = less(nk_pair_divide(y, count[c]),
					 nk_pair_divide(with_size[d], n));
			*matrix = less(nk_pair_divide(y, count[d]),
						   nk_pair_divide(size, n));
		}
	}
}

/* D^-1 / N */
static void
reciprocal_counts(const Graph *graph, NkPair *matrix)
{
	size_t		cells = graph->cells;

	for (size_t i = 0; i < cells * cells; i++)
		matrix[i] = (NkPair) {0, 0};
	for (uint32_t place = 0; place < cells; place++)
		if (count_of(graph, place) > 0)
			matrix[place * (cells + 1)] =
				nk_pair_divide((NkPair) {1, 0},
							   nk_pair_of_integer(count_of(graph, place)));
}

static void
transpose(double *matrix, size_t order)
{
	for (size_t i = 0; i < order; i++)
		for (size_t j = 0; j < i; j++)
		{
			double		above = matrix[j * order + i];

			matrix[j * order + i] = matrix[i * order + j];
			matrix[i * order + j] = above;
		}
}

/* multiply each row by the inverse of Cholesky's factor */
static void
solve_rows(const double *factor, double *matrix, size_t order)
{
	for (size_t i = 0; i < order; i++)
	{
		nk_check_interrupts();
		nk_solve_lower(factor, &matrix[i * order], (int) order);
	}
}

/* a matrix of all cells as pairs, and two of the order of the test */
size_t
nk_rao_scott_scratch(const NkClusterTable *table)
{
	size_t		cells = (size_t) table->rows * table->columns;

	return cells * cells * (sizeof(NkPair) + 2 * sizeof(double));
}

/*
 * find_traces - of Delta and of its square, but for G / (G - 1)
 *
 * With L L' = within, Delta is similar to L^-1 between L'^-1, whose squared
 * elements add up to the second trace.
 */
static NkStatus
find_traces(const Graph *graph, void *scratch, double *trace,
			double *trace_of_square)
{
	size_t		order = graph->order;
	NkPair	   *pairs = scratch;
	double	   *within = (double *)
		(pairs + (size_t) graph->cells * graph->cells);
	double	   *between = within + order * order;
	bool		varies = false;

	reciprocal_counts(graph, pairs);
	contrast_both(graph, pairs, within);
	deviations(graph, pairs);
	contrast_both(graph, pairs, between);
	for (size_t i = 0; i < order; i++)
	{
		/* a variance */
		if (between[i * (order + 1)] < -ROUNDING)
			return NK_BAD_SUMMARY;
		varies |= between[i * (order + 1)] > ROUNDING;
	}
	if (!varies)
		return NK_NO_VARIATION;

	if (!nk_cholesky(within, (int) order))
		return NK_NOT_CONVERGED;
	solve_rows(within, between, order);
	transpose(between, order);
	solve_rows(within, between, order);
	*trace = *trace_of_square = 0;
	for (size_t i = 0; i < order; i++)
	{
		*trace += between[i * (order + 1)];
		for (size_t j = 0; j < order; j++)
			*trace_of_square += between[i * order + j] *
				between[i * order + j];
	}
	return *trace > 0 ? NK_OK : NK_BAD_SUMMARY;
}

NkStatus
nk_rao_scott_test(const NkClusterTable *table, void *scratch,
				  NkTestResult *result)
{
	Graph		graph = {.table = table};
	NkTable		pooled = {table->counts, table->rows, table->columns};
	int64_t		totals[MOST_VERTICES];
	NkMargins	margins;
	NkIndependence pearson;
	double		clusters = (double) table->clusters;
	double		trace;
	double		trace_of_square;
	double		d0;
	NkStatus	status;

	*result = NK_NO_TEST;
	nk_margins(&pooled, totals, &margins);
	if (margins.status != NK_OK)
		return margins.status;
	graph.n = margins.n;
	list_cells(&graph, &margins);
	if (table->clusters < 2 || !find_tree(&graph))
		return NK_TOO_FEW;
	status = find_traces(&graph, scratch, &trace, &trace_of_square);
	if (status != NK_OK)
		return status;

	nk_chisq_test(&pooled, &margins, &pearson);
	d0 = trace * trace / trace_of_square;
	trace *= clusters / (clusters - 1);
	*result = nk_f_result(pearson.test.statistic / trace, d0,
						  d0 * (clusters - 1));
	return table->clusters < NK_MANY_CLUSTERS ? NK_FEW_CLUSTERS : NK_OK;
}
