/*
 * test_clustered.c - the summary of children in clusters: what it holds,
 * compared with plain sums over the clusters, its limits, and contents that no
 * clusters have.  What it shares with all kinds is in test_summary.c.
 */
#include "clustered.h"
#include "summaries.h"

#define ROOM		(1 << 16)
#define LABELS		5
#define CLUSTERS	12

/* room for small tables, aligned as in the server */
typedef union Block
{
	NkSummary	header;
	NkCrosstab	table;
	unsigned char bytes[ROOM];
} Block;

static const char *const names[LABELS] = {"", "b", "10", "9", "c"};

static NkText
label(int i)
{
	return (NkText) {names[i], (uint32_t) strlen(names[i])};
}

/* what the server does with states: make room, merge, bring into form */
static NkStatus
make_room(Block *state, const NkSummary *more, const NkSummaryKind *kind)
{
	Block		larger = {.bytes = {0}};
	size_t		size;
	NkStatus	status = kind->growth->room(&state->header, more, &size);

	if (size > ROOM)
		abort();				/* the test needs a larger Block */
	if (size > 0)
	{
		kind->growth->rebuild(&state->header, more, &larger.header, size);
		*state = larger;
	}
	return status;
}

static NkStatus
merge(Block *into, const NkSummary *from, const NkSummaryKind *kind)
{
	NkStatus	status = make_room(into, from, kind);

	return status == NK_OK ? kind->merge(&into->header, from) : status;
}

static void
canonicalise(Block *block, const NkSummaryKind *kind)
{
	Block		form = {.bytes = {0}};

	if (kind->growth->canonical_size(&block->header) == 0)
		return;
	kind->growth->canonicalise(&block->header, &form.header);
	*block = form;
}

static void
make_empty(Block *block, const NkSummaryKind *kind)
{
	memset(block, 0, sizeof(*block));
	nk_summary_init(&block->header, kind);
}

/* one more cluster, a table, in a state */
static NkStatus
count_cluster(Block *state, const Block *cluster)
{
	NkStatus	status = make_room(state, &cluster->header, &nk_clustered_kind);

	return status == NK_OK ? nk_add_cluster(&state->table, &cluster->table) :
		status;
}

/* a cluster from cells[row][column] */
static void
make_cluster(int64_t cells[LABELS][LABELS], Block *cluster)
{
	Block		table;

	make_empty(&table, &nk_crosstab_kind);
	for (int i = 0; i < LABELS; i++)
		for (int j = 0; j < LABELS; j++)
		{
			Block		cell = {.bytes = {0}};

			if (cells[i][j] == 0)
				continue;
			nk_crosstab_make_cell(&cell.table, label(i), label(j), cells[i][j]);
			merge(&table, &cell.header, &nk_crosstab_kind);
		}
	canonicalise(&table, &nk_crosstab_kind);
	make_empty(cluster, &nk_clustered_kind);
	count_cluster(cluster, &table);
	canonicalise(cluster, &nk_clustered_kind);
}

/* where the cell of two labels is in a canonical form, or -1 */
static int
cell_of(const Block *block, int i, int j)
{
	int64_t    *count = nk_crosstab_find(&block->table, label(i), label(j));

	return count == NULL ? -1 : (int) (count - nk_crosstab_counts(&block->table));
}

/* sums over clusters, by any partition of them, against plain arithmetic */
static void
test_sums(void)
{
	bool		counts_agree = true;
	bool		products_agree = true;
	bool		clusters_agree = true;
	bool		bytes_agree = true;
	bool		valid = true;

	for (int round = 0; round < 300; round++)
	{
		static int64_t cells[CLUSTERS][LABELS][LABELS];
		Block		whole;
		Block		parts[2];
		int64_t		clusters = 0;
		NkClusterTable table;

		make_empty(&whole, &nk_clustered_kind);
		make_empty(&parts[0], &nk_clustered_kind);
		make_empty(&parts[1], &nk_clustered_kind);
		for (int g = 0; g < CLUSTERS; g++)
		{
			Block		cluster;
			int64_t		n = 0;
			int			density = 1 + (int) random_count(8);

			for (int i = 0; i < LABELS; i++)
				for (int j = 0; j < LABELS; j++)
				{
					cells[g][i][j] = random_bits() % 9 < (unsigned) density ?
						0 : random_count(1000000000);
					n += cells[g][i][j];
				}
			clusters += n > 0;
			make_cluster(cells[g], &cluster);
			merge(&whole, &cluster.header, &nk_clustered_kind);
			merge(&parts[random_bits() % 2], &cluster.header, &nk_clustered_kind);
			valid &= nk_summary_validate(&whole.header,
										 nk_summary_size(&whole.header, &nk_clustered_kind),
										 &nk_clustered_kind) == NK_OK;
		}
		/* a working form may be merged too */
		if (round % 2)
			canonicalise(&parts[1], &nk_clustered_kind);
		merge(&parts[0], &parts[1].header, &nk_clustered_kind);
		canonicalise(&parts[0], &nk_clustered_kind);
		canonicalise(&whole, &nk_clustered_kind);
		bytes_agree &= memcmp(&whole, &parts[0], sizeof(whole)) == 0;
		valid &= nk_summary_validate(&whole.header,
									 nk_summary_size(&whole.header, &nk_clustered_kind),
									 &nk_clustered_kind) == NK_OK;

		table = nk_cluster_table(&whole.table);
		clusters_agree &= table.clusters == clusters;
		for (int a = 0; a < LABELS * LABELS; a++)
			for (int b = 0; b < LABELS * LABELS; b++)
			{
				int			at = cell_of(&whole, a / LABELS, a % LABELS);
				int			other = cell_of(&whole, b / LABELS, b % LABELS);
				int64_t		count = 0;
				__int128	product = 0;

				for (int g = 0; g < CLUSTERS; g++)
				{
					int64_t		x = cells[g][a / LABELS][a % LABELS];

					count += x;
					product += (__int128) x * cells[g][b / LABELS][b % LABELS];
				}
				counts_agree &= at < 0 ? count == 0 : table.counts[at] == count;
				products_agree &= at < 0 || other < 0 ? product == 0 :
					nk_product_of(&table, (size_t) at, (size_t) other) == product;
			}
	}
	CHECK(counts_agree);
	CHECK(products_agree);
	CHECK(clusters_agree);
	CHECK(bytes_agree);
	CHECK(valid);
}

static void
test_limit(void)
{
	static union
	{
		NkSummary	header;
		NkCrosstab	table;
		unsigned char bytes[1 << 24];
	}			state, larger;
	NkStatus	status = NK_OK;
	int			rows;
	size_t		size;

	nk_summary_init(&state.header, &nk_clustered_kind);
	for (rows = 0; rows < 300 && status == NK_OK; rows++)
	{
		char		name[8];
		NkText		text = {name, (uint32_t) snprintf(name, sizeof(name), "%d", rows)};
		Block		cell = {.bytes = {0}};

		nk_crosstab_make_cell(&cell.table, text, (NkText) {"x", 1}, 7);
		status = nk_clustered_kind.growth->room(&state.header, &cell.header, &size);
		if (size > sizeof(state))
			break;
		if (status == NK_OK && size > 0)
		{
			memset(&larger, 0, size);
			nk_clustered_kind.growth->rebuild(&state.header, &cell.header, &larger.header, size);
			memcpy(&state, &larger, size);
		}
		if (status == NK_OK)
			nk_add_cluster(&state.table, &cell.table);
	}
	/* the row that does not fit is the one after the last that does */
	CHECK(status == NK_TOO_LARGE);
	CHECK(rows == NK_CLUSTERED_CELLS + 1);
	CHECK(nk_clustered_kind.n(&state.header) == 7 * NK_CLUSTERED_CELLS);
	CHECK(nk_summary_size(&state.header, &nk_clustered_kind) < 9000000);
	CHECK(nk_clustered_kind.validate(&state.header) == NK_OK);
}

/* nobody, everybody: the column that is missing is put in */
static void
test_events(void)
{
	static const char *const labels[] = {"true", "false", "yes"};

	for (int i = 0; i < 3; i++)
	{
		Block		cell = {.bytes = {0}};
		Block		cluster;
		NkEventTable events;

		nk_crosstab_make_cell(&cell.table, (NkText) {"", 0},
							  (NkText) {labels[i], (uint32_t) strlen(labels[i])}, 7);
		make_empty(&cluster, &nk_clustered_kind);
		count_cluster(&cluster, &cell);
		canonicalise(&cluster, &nk_clustered_kind);
		nk_event_table(&cluster.table, &events);
		if (i == 2)
		{
			CHECK(events.table.columns == 1 && events.table.counts[0] == 7);
			continue;
		}
		CHECK(events.table.columns == 2 && events.table.rows == 1);
		CHECK(events.table.counts[i == 0] == 7 && events.table.counts[i == 1] == 0);
		CHECK(nk_product_of(&events.table, i == 0, i == 0) == 49);
		CHECK(nk_product_of(&events.table, 0, 1) == 0);
		CHECK(nk_product_of(&events.table, i == 1, i == 1) == 0);
	}
}

static bool
refuses(const Block *block)
{
	return nk_clustered_kind.validate(&block->header) == NK_BAD_SUMMARY;
}

static void
test_contents(void)
{
	int64_t		cells[LABELS][LABELS] = {{3, 4}, {0, 6}};
	Block		valid;
	Block		broken;
	NkClusterTable table;
	size_t		products;
	size_t		clusters;

	make_cluster(cells, &valid);
	CHECK(nk_clustered_kind.validate(&valid.header) == NK_OK);
	table = nk_cluster_table(&valid.table);
	products = (size_t) ((const unsigned char *) table.products - valid.bytes);
	clusters = products - sizeof(int64_t);

#define BREAK(type, offset, change) \
	do { \
		broken = valid; \
		*(type *) (broken.bytes + (offset)) += (change); \
		CHECK(refuses(&broken)); \
	} while (0)

	BREAK(int64_t, clusters, -1);	/* children of no cluster */
	BREAK(int64_t, clusters, 13);	/* more clusters than children */
	BREAK(NkProduct, products, 1);	/* 10 from 3 children */
	BREAK(NkProduct, products, -7);	/* 2 from 3 children */
	BREAK(NkProduct, products + sizeof(NkProduct), -13);	/* negative */
	BREAK(NkProduct, products + 3 * sizeof(NkProduct), 1);	/* with an empty cell */
}

int
main(void)
{
	test_sums();
	test_limit();
	test_events();
	test_contents();
	return unit_report();
}
