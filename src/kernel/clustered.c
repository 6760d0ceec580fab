/*
 * clustered.c - the summary of children in clusters
 *
 * A crosstab of all children, and behind it in the same block how many
 * clusters there were and the products of any two cells, summed over clusters.
 * The crosstab's functions see to labels and counts; what is left to do here
 * is to find the products of a cell wherever its labels have moved.
 *
 * A product is at most the product of two totals, so that none can overflow
 * whose totals do not.
 */
#include "clustered.h"

#include <string.h>

typedef struct Tail
{
	int64_t		clusters;
	NkProduct	products[];		/* of any two places, lower triangle */
} Tail;

static size_t
places_of(const NkCrosstab *table)
{
	return (size_t) table->row_places * table->column_places;
}

static Tail *
tail_of(const NkCrosstab *table)
{
	return (Tail *) ((char *) table + nk_crosstab_size(&table->header));
}

static size_t
tail_size(size_t places)
{
	return sizeof(Tail) + nk_products(places) * sizeof(NkProduct);
}

static NkProduct *
product_at(Tail *tail, size_t i, size_t j)
{
	return &tail->products[i < j ? nk_products(j) + i : nk_products(i) + j];
}

/* the count in a place, which need not be that of a cell */
static int64_t
count_at(const NkCrosstab *table, size_t place)
{
	size_t		row = place / table->column_places;
	size_t		column = place % table->column_places;

	return row < table->header.rows && column < table->header.columns ?
		nk_crosstab_counts(table)[place] : 0;
}

static bool
has_too_many_cells(uint64_t rows, uint64_t columns)
{
	return rows * columns > NK_CLUSTERED_CELLS;
}

/* ------------------------------------------------------------- cells, moved */

/* cells of one table that have children, and where they are in another */
typedef struct Moves
{
	uint32_t	cells;
	uint16_t	from[NK_CLUSTERED_CELLS];
	uint16_t	to[NK_CLUSTERED_CELLS]; /* rising */
} Moves;

/*
 * The other table must have all labels of those cells.  Looking a label up
 * takes longer than adding a count, so each is looked up once.
 */
static void
find_moves(const NkCrosstab *from, const NkCrosstab *to, Moves *moves)
{
	NkLabelSet	rows = nk_crosstab_rows(from);
	NkLabelSet	columns = nk_crosstab_columns(from);
	NkLabelSet	to_rows = nk_crosstab_rows(to);
	NkLabelSet	to_columns = nk_crosstab_columns(to);
	uint32_t	column[NK_CLUSTERED_CELLS];
	uint16_t	from_of[NK_CLUSTERED_PLACES];
	bool		has_children[NK_CLUSTERED_PLACES] = {false};

	/* without rows there may be any number of columns, in a forged state */
	for (uint32_t j = 0; rows.count > 0 && j < columns.count; j++)
		column[j] = nk_label_find(&to_columns, nk_label_text(&columns, j));
	for (uint32_t i = 0; i < rows.count; i++)
	{
		uint32_t	row = nk_label_find(&to_rows, nk_label_text(&rows, i));

		for (uint32_t j = 0; j < columns.count; j++)
		{
			uint32_t	place = i * from->column_places + j;
			uint32_t	to_place = row * to->column_places + column[j];

			if (nk_crosstab_counts(from)[place] == 0)
				continue;
			from_of[to_place] = (uint16_t) place;
			has_children[to_place] = true;
		}
	}
	moves->cells = 0;
	for (size_t place = 0; place < places_of(to); place++)
		if (has_children[place])
		{
			moves->from[moves->cells] = from_of[place];
			moves->to[moves->cells++] = (uint16_t) place;
		}
}

/* add one table's counts to another's, which has room for all labels */
static NkStatus
move_counts(const NkCrosstab *from, NkCrosstab *to, Moves *moves)
{
	NkLabelSet	rows = nk_crosstab_rows(from);
	NkLabelSet	columns = nk_crosstab_columns(from);

	if (!nk_add(to->n, from->n, &to->n))
		return NK_OVERFLOW;
	for (uint32_t i = 0; i < rows.count; i++)
		nk_crosstab_place(to, true, nk_label_text(&rows, i));
	for (uint32_t j = 0; j < columns.count; j++)
		nk_crosstab_place(to, false, nk_label_text(&columns, j));
	find_moves(from, to, moves);
	/* the sum of all fits, so each does */
	for (uint32_t i = 0; i < moves->cells; i++)
		nk_crosstab_counts(to)[moves->to[i]] +=
			nk_crosstab_counts(from)[moves->from[i]];
	return NK_OK;
}

/* add the products of one table to another's, or take them away */
static void
move_products(const NkCrosstab *from, NkCrosstab *to, const Moves *moves,
			  int sign)
{
	Tail	   *source = tail_of(from);
	Tail	   *target = tail_of(to);

	for (uint32_t i = 0; i < moves->cells; i++)
	{
		NkProduct  *row = target->products + nk_products(moves->to[i]);

		nk_check_interrupts();
		for (uint32_t j = 0; j <= i; j++)
			row[moves->to[j]] += sign *
				*product_at(source, moves->from[i], moves->from[j]);
	}
	target->clusters += sign * source->clusters;
}

/* ------------------------------------------------------------------ growth */

static size_t
clustered_size(const NkSummary *block)
{
	const NkCrosstab *table = (const NkCrosstab *) block;
	size_t		size = nk_crosstab_size(block);

	if (size == 0 || places_of(table) > NK_CLUSTERED_PLACES)
		return 0;
	return size + tail_size(places_of(table));
}

static NkStatus
clustered_room(const NkSummary *state, const NkSummary *more, size_t *size)
{
	NkCrosstabPlan plan;
	NkStatus	status = nk_crosstab_plan((const NkCrosstab *) state,
										  (const NkCrosstab *) more, &plan);

	*size = 0;
	if (status != NK_OK)
		return status;
	if (has_too_many_cells(plan.rows, plan.columns) ||
		plan.row_places * plan.column_places > NK_CLUSTERED_PLACES)
		return NK_TOO_LARGE;
	if (plan.size > 0)
		*size = plan.size +
			tail_size(plan.row_places * plan.column_places);
	return NK_OK;
}

static void
clustered_rebuild(const NkSummary *state, const NkSummary *more,
				  NkSummary *block, size_t size)
{
	Moves		moves;

	nk_crosstab_rebuild(state, more, block, size);
	find_moves((const NkCrosstab *) state, (NkCrosstab *) block, &moves);
	move_products((const NkCrosstab *) state, (NkCrosstab *) block, &moves, 1);
}

/* how many rows (or columns) have children */
static size_t
count_used(const NkCrosstab *table, bool rows)
{
	uint32_t	count = rows ? table->header.rows : table->header.columns;
	size_t		used = 0;

	for (uint32_t i = 0; i < count; i++)
		used += nk_crosstab_is_used(table, rows, i);
	return used;
}

static size_t
clustered_canonical_size(const NkSummary *state)
{
	const NkCrosstab *table = (const NkCrosstab *) state;
	size_t		size = nk_crosstab_canonical_size(state);

	if (size == 0)
		return 0;
	return size + tail_size(count_used(table, true) * count_used(table, false));
}

static void
clustered_canonicalise(const NkSummary *state, NkSummary *block)
{
	Moves		moves;

	nk_crosstab_canonicalise(state, block);
	find_moves((const NkCrosstab *) state, (NkCrosstab *) block, &moves);
	move_products((const NkCrosstab *) state, (NkCrosstab *) block, &moves, 1);
}

static const NkGrowth growth = {
	.size = clustered_size,
	.room = clustered_room,
	.rebuild = clustered_rebuild,
	.canonical_size = clustered_canonical_size,
	.canonicalise = clustered_canonicalise
};

/* ---------------------------------------------------------------- contents */

static int64_t
clustered_n(const NkSummary *summary)
{
	return ((const NkCrosstab *) summary)->n;
}

/*
 * Could clusters have these products?  Two conditions that matter: none is
 * larger than the product of its totals, so that sums fit; a square is no less
 * than its count.  Others that no clusters could break, the statistics find.
 */
static NkStatus
validate_tail(const NkCrosstab *table)
{
	Tail	   *tail = tail_of(table);
	const NkProduct *product = tail->products;

	if (tail->clusters < 0 || tail->clusters > table->n ||
		(tail->clusters == 0) != (table->n == 0))
		return NK_BAD_SUMMARY;
	for (size_t i = 0; i < places_of(table); i++)
	{
		int64_t		count = count_at(table, i);

		nk_check_interrupts();
		for (size_t j = 0; j <= i; j++, product++)
			if (*product < 0 ||
				*product > (__int128) count * count_at(table, j) ||
				(i == j && *product < count))
				return NK_BAD_SUMMARY;
	}
	return NK_OK;
}

static NkStatus
clustered_validate(const NkSummary *summary)
{
	NkStatus	status = nk_crosstab_kind.validate(summary);

	if (status != NK_OK)
		return status;
	if (has_too_many_cells(summary->rows, summary->columns))
		return NK_TOO_LARGE;
	return validate_tail((const NkCrosstab *) summary);
}

static NkStatus
clustered_merge(NkSummary *into, const NkSummary *from)
{
	Moves		moves;
	NkStatus	status = move_counts((const NkCrosstab *) from,
									 (NkCrosstab *) into, &moves);

	if (status != NK_OK)
		return status;
	move_products((const NkCrosstab *) from, (NkCrosstab *) into, &moves, 1);
	return NK_OK;
}

static NkStatus
clustered_subtract(NkSummary *from, const NkSummary *part)
{
	NkCrosstab *whole = (NkCrosstab *) from;
	Moves		moves;
	NkStatus	status = nk_crosstab_kind.subtract(from, part);

	if (status != NK_OK)
		return status;
	find_moves((const NkCrosstab *) part, whole, &moves);
	move_products((const NkCrosstab *) part, whole, &moves, -1);
	return validate_tail(whole) == NK_OK ? NK_OK : NK_NOT_CONTAINED;
}

static NkStatus
clustered_exchange(NkSummary *summary, NkPort *port)
{
	NkCrosstab *table = (NkCrosstab *) summary;
	NkStatus	status = nk_crosstab_exchange(&table, port);
	Tail	   *tail;

	if (status != NK_OK)
		return status;
	if (has_too_many_cells(table->header.rows, table->header.columns))
		return NK_TOO_LARGE;
	table = (NkCrosstab *) port->resize(port, &table->header,
										clustered_size(&table->header));
	tail = tail_of(table);
	port->count(port, "clusters", &tail->clusters);
	port->products(port, "products", tail->products,
				   (uint32_t) nk_products(places_of(table)));
	return NK_OK;
}

/* ----------------------------------------------------------------- clusters */

/* cells without children, most of those of a small cluster, add nothing */
NkStatus
nk_add_cluster(NkCrosstab *state, const NkCrosstab *cluster)
{
	Tail	   *tail = tail_of(state);
	Moves		moves;
	int64_t		counts[NK_CLUSTERED_CELLS];
	NkStatus	status = move_counts(cluster, state, &moves);

	if (status != NK_OK)
		return status;
	tail->clusters += cluster->n > 0;
	for (uint32_t i = 0; i < moves.cells; i++)
	{
		NkProduct  *row = tail->products + nk_products(moves.to[i]);

		counts[i] = nk_crosstab_counts(cluster)[moves.from[i]];
		for (uint32_t j = 0; j <= i; j++)
			row[moves.to[j]] += (__int128) counts[i] * counts[j];
	}
	return NK_OK;
}

NkClusterTable
nk_cluster_table(const NkCrosstab *clustered)
{
	const Tail *tail = tail_of(clustered);

	return (NkClusterTable) {
		.clusters = tail->clusters,
		.rows = clustered->header.rows,
		.columns = clustered->header.columns,
		.counts = nk_crosstab_counts(clustered),
		.products = tail->products
	};
}

static bool
is_label(const NkLabelSet *set, const char *text)
{
	NkText		label = nk_label_text(set, 0);

	return label.length == strlen(text) &&
		memcmp(label.bytes, text, label.length) == 0;
}

void
nk_event_table(const NkCrosstab *clustered, NkEventTable *events)
{
	NkLabelSet	columns = nk_crosstab_columns(clustered);
	NkClusterTable given = nk_cluster_table(clustered);
	size_t		column;

	memset(events, 0, sizeof(*events));
	events->table = given;
	if (given.columns != 1 || given.rows > 2)
		return;
	column = is_label(&columns, "true");
	if (column == 0 && !is_label(&columns, "false"))
		return;

	events->table.columns = 2;
	events->table.counts = events->counts;
	events->table.products = events->products;
	for (size_t i = 0; i < given.rows; i++)
	{
		events->counts[2 * i + column] = given.counts[i];
		for (size_t j = 0; j <= i; j++)
			events->products[nk_products(2 * i + column) + 2 * j + column] =
				nk_product_of(&given, i, j);
	}
}

const NkSummaryKind nk_clustered_kind = {
	.name = "clustered",
	.code = 5,
	.rows = 0,
	.columns = 0,
	.size = sizeof(NkCrosstab) + 4 * sizeof(uint32_t) + sizeof(Tail),
	.growth = &growth,
	.n = clustered_n,
	.validate = clustered_validate,
	.merge = clustered_merge,
	.subtract = clustered_subtract,
	.exchange = clustered_exchange
};
