/*
 * crosstab_block.c - how a table of counts lies in its block, and how it grows
 *
 * Labels are found by hashing, counts lie row by row: counting a child whose
 * labels are known is two searches and one addition.  A child with a new label
 * comes as a table of one cell that is merged.
 */
#include "crosstab.h"

#include <string.h>

/* ----------------------------------------------------------------- layout */

/* bytes from the beginning of the block */
typedef struct Layout
{
	size_t		row_index;
	size_t		column_index;
	size_t		counts;
	size_t		bytes;
	size_t		end;
} Layout;

static Layout
layout_of(uint64_t row_places, uint64_t column_places, uint64_t label_places)
{
	Layout		layout;

	layout.row_index = sizeof(NkCrosstab) +
		(row_places + column_places) * sizeof(NkLabel);
	layout.column_index = layout.row_index +
		nk_label_index_size((uint32_t) row_places) * sizeof(uint32_t);
	layout.counts = layout.column_index +
		nk_label_index_size((uint32_t) column_places) * sizeof(uint32_t);
	layout.bytes = layout.counts +
		row_places * column_places * sizeof(int64_t);
	layout.end = layout.bytes + label_places;
	return layout;
}

size_t
nk_crosstab_bytes(uint64_t row_places, uint64_t column_places,
				  uint64_t label_places)
{
	return layout_of(row_places, column_places, label_places).end;
}

static Layout
table_layout(const NkCrosstab *table)
{
	return layout_of(table->row_places, table->column_places,
					 table->label_places);
}

NkLabelSet
nk_crosstab_labels(const NkCrosstab *table, bool rows)
{
	Layout		layout = table_layout(table);
	char	   *block = (char *) table;

	return (NkLabelSet) {
		.entries = (NkLabel *) (block + sizeof(NkCrosstab)) +
			(rows ? 0 : table->row_places),
		.index = (uint32_t *) (block +
							   (rows ? layout.row_index : layout.column_index)),
		.bytes = block + layout.bytes,
		.places = rows ? table->row_places : table->column_places,
		.count = rows ? table->header.rows : table->header.columns
	};
}

int64_t *
nk_crosstab_counts(const NkCrosstab *table)
{
	return (int64_t *) ((char *) table + table_layout(table).counts);
}

/* the least power of 2 that is no less than both */
static uint64_t
power_of_two(uint64_t needed, uint64_t least)
{
	while (least < needed)
		least *= 2;
	return least;
}

size_t
nk_crosstab_size(const NkSummary *block)
{
	const NkCrosstab *table = (const NkCrosstab *) block;

	if (table->row_places > 2 * NK_CROSSTAB_CELLS ||
		table->column_places > 2 * NK_CROSSTAB_CELLS ||
		(uint64_t) table->row_places * table->column_places >
		4 * NK_CROSSTAB_CELLS ||
		table->label_places > 2 * NK_CROSSTAB_LABELS ||
		table->label_places % 8 != 0)
		return 0;
	return table_layout(table).end;
}

/* ------------------------------------------------------------------ labels */

/* how many labels of one set are not in another, and how long they are */
static void
count_new(const NkLabelSet *known, const NkLabelSet *more, uint64_t *labels,
		  uint64_t *bytes)
{
	for (uint32_t i = 0; i < more->count; i++)
	{
		NkText		text = nk_label_text(more, i);

		if (nk_label_find(known, text) != NK_NO_LABEL)
			continue;
		(*labels)++;
		*bytes += text.length;
	}
}

uint32_t
nk_crosstab_place(NkCrosstab *table, bool row, NkText text)
{
	NkLabelSet	set = nk_crosstab_labels(table, row);
	uint32_t	number = nk_label_find(&set, text);

	if (number != NK_NO_LABEL)
		return number;
	if (text.length > 0)
		memcpy(set.bytes + table->label_bytes, text.bytes, text.length);
	number = nk_label_append(&set, (uint32_t) table->label_bytes, text.length);
	table->label_bytes += text.length;
	*(row ? &table->header.rows : &table->header.columns) = set.count;
	return number;
}

/* ------------------------------------------------------------------ growth */

/* what has to grow doubles, what has not stays */
static uint64_t
places_for(uint64_t needed, uint64_t places, bool working, uint64_t least)
{
	return working && needed <= places ? places : power_of_two(needed, least);
}

NkStatus
nk_crosstab_plan(const NkCrosstab *table, const NkCrosstab *more,
				 NkCrosstabPlan *plan)
{
	NkLabelSet	rows = nk_crosstab_rows(table);
	NkLabelSet	columns = nk_crosstab_columns(table);
	uint64_t	bytes = table->label_bytes;

	plan->rows = rows.count;
	plan->columns = columns.count;
	if (more != NULL)
	{
		NkLabelSet	more_rows = nk_crosstab_rows(more);
		NkLabelSet	more_columns = nk_crosstab_columns(more);

		count_new(&rows, &more_rows, &plan->rows, &bytes);
		count_new(&columns, &more_columns, &plan->columns, &bytes);
	}
	if (plan->rows * plan->columns > NK_CROSSTAB_CELLS ||
		bytes > NK_CROSSTAB_LABELS)
		return NK_TOO_LARGE;

	plan->row_places = places_for(plan->rows, table->row_places,
								  table->working, 4);
	plan->column_places = places_for(plan->columns, table->column_places,
									 table->working, 4);
	plan->label_places = places_for(bytes, table->label_places,
									table->working, 64);
	plan->size = 0;
	if (!table->working || plan->row_places > table->row_places ||
		plan->column_places > table->column_places ||
		plan->label_places > table->label_places)
		plan->size = layout_of(plan->row_places, plan->column_places,
							   plan->label_places).end;
	return NK_OK;
}

NkStatus
nk_crosstab_room(const NkSummary *state, const NkSummary *more, size_t *size)
{
	NkCrosstabPlan plan;
	NkStatus	status = nk_crosstab_plan((const NkCrosstab *) state,
										  (const NkCrosstab *) more, &plan);

	*size = status == NK_OK ? plan.size : 0;
	return status;
}

/* everything but labels and counts */
static void
copy_head(const NkCrosstab *from, NkCrosstab *to)
{
	uint32_t	container = to->header.container;

	to->header = from->header;
	to->header.container = container;
	to->header.rows = 0;
	to->header.columns = 0;
	to->n = from->n;
}

void
nk_crosstab_rebuild(const NkSummary *state, const NkSummary *more,
					NkSummary *block, size_t size)
{
	const NkCrosstab *from = (const NkCrosstab *) state;
	NkCrosstab *to = (NkCrosstab *) block;
	NkLabelSet	rows = nk_crosstab_rows(from);
	NkLabelSet	columns = nk_crosstab_columns(from);
	const int64_t *counts = nk_crosstab_counts(from);
	int64_t    *copied;
	NkCrosstabPlan plan;

	(void) size;
	nk_crosstab_plan(from, (const NkCrosstab *) more, &plan);
	copy_head(from, to);
	to->working = 1;
	to->row_places = (uint32_t) plan.row_places;
	to->column_places = (uint32_t) plan.column_places;
	to->label_places = (uint32_t) plan.label_places;
	for (uint32_t i = 0; i < rows.count; i++)
		nk_crosstab_place(to, true, nk_label_text(&rows, i));
	for (uint32_t j = 0; j < columns.count; j++)
		nk_crosstab_place(to, false, nk_label_text(&columns, j));
	copied = nk_crosstab_counts(to);
	for (size_t i = 0; i < rows.count; i++)
		memcpy(copied + i * to->column_places,
			   counts + i * from->column_places,
			   columns.count * sizeof(int64_t));
}

bool
nk_crosstab_is_used(const NkCrosstab *table, bool row, size_t i)
{
	const int64_t *counts = nk_crosstab_counts(table);
	size_t		stride = table->column_places;
	size_t		length = row ? table->header.columns : table->header.rows;

	for (size_t k = 0; k < length; k++)
		if (counts[row ? i * stride + k : k * stride + i] != 0)
			return true;
	return false;
}

/* how many rows (or columns) are used; adds the length of their labels */
static uint32_t
count_used(const NkCrosstab *table, bool row, uint64_t *bytes)
{
	NkLabelSet	set = nk_crosstab_labels(table, row);
	uint32_t	used = 0;

	for (uint32_t i = 0; i < set.count; i++)
		if (nk_crosstab_is_used(table, row, i))
		{
			used++;
			*bytes += set.entries[i].length;
		}
	return used;
}

size_t
nk_crosstab_canonical_size(const NkSummary *state)
{
	const NkCrosstab *table = (const NkCrosstab *) state;
	uint64_t	bytes = 0;
	uint32_t	rows;
	uint32_t	columns;

	if (!table->working)
		return 0;
	rows = count_used(table, true, &bytes);
	columns = count_used(table, false, &bytes);
	return layout_of(rows, columns, (bytes + 7) / 8 * 8).end;
}

/* the used labels of one set, sorted, with their bytes one after the other */
static void
copy_sorted(const NkCrosstab *from, NkCrosstab *to, bool row)
{
	NkLabelSet	source = nk_crosstab_labels(from, row);
	NkLabelSet	target = nk_crosstab_labels(to, row);
	char	   *bytes = target.bytes;

	target.bytes = source.bytes;	/* until they are sorted */
	target.count = 0;
	for (uint32_t i = 0; i < source.count; i++)
		if (nk_crosstab_is_used(from, row, i))
			target.entries[target.count++] = source.entries[i];
	nk_labels_sort(&target);
	target.bytes = bytes;
	for (uint32_t i = 0; i < target.count; i++)
	{
		NkLabel    *label = &target.entries[i];

		memcpy(bytes + to->label_bytes, source.bytes + label->at,
			   label->length);
		label->at = (uint32_t) to->label_bytes;
		to->label_bytes += label->length;
	}
	nk_labels_index(&target);
	*(row ? &to->header.rows : &to->header.columns) = target.count;
}

void
nk_crosstab_canonicalise(const NkSummary *state, NkSummary *block)
{
	const NkCrosstab *from = (const NkCrosstab *) state;
	NkCrosstab *to = (NkCrosstab *) block;
	NkLabelSet	rows = nk_crosstab_rows(from);
	NkLabelSet	columns = nk_crosstab_columns(from);
	const int64_t *counts = nk_crosstab_counts(from);
	uint64_t	bytes = 0;

	copy_head(from, to);
	to->row_places = count_used(from, true, &bytes);
	to->column_places = count_used(from, false, &bytes);
	to->label_places = (uint32_t) ((bytes + 7) / 8 * 8);
	copy_sorted(from, to, true);
	copy_sorted(from, to, false);
	for (uint32_t i = 0; i < rows.count; i++)
	{
		nk_check_interrupts();
		for (uint32_t j = 0; j < columns.count; j++)
		{
			int64_t		count = counts[(size_t) i * from->column_places + j];

			if (count != 0)
				*nk_crosstab_find(to, nk_label_text(&rows, i),
								  nk_label_text(&columns, j)) = count;
		}
	}
}

const NkGrowth nk_crosstab_growth = {
	.size = nk_crosstab_size,
	.room = nk_crosstab_room,
	.rebuild = nk_crosstab_rebuild,
	.canonical_size = nk_crosstab_canonical_size,
	.canonicalise = nk_crosstab_canonicalise
};


/* ------------------------------------------------------------------- cells */

int64_t *
nk_crosstab_find(const NkCrosstab *table, NkText row, NkText column)
{
	NkLabelSet	rows = nk_crosstab_rows(table);
	NkLabelSet	columns = nk_crosstab_columns(table);
	uint32_t	i = nk_label_find(&rows, row);
	uint32_t	j = nk_label_find(&columns, column);

	if (i == NK_NO_LABEL || j == NK_NO_LABEL)
		return NULL;
	return nk_crosstab_counts(table) + (size_t) i * table->column_places + j;
}

size_t
nk_crosstab_cell_size(NkText row, NkText column)
{
	return layout_of(1, 1, ((uint64_t) row.length + column.length + 7) /
					 8 * 8).end;
}

void
nk_crosstab_make_cell(NkCrosstab *block, NkText row, NkText column,
					  int64_t count)
{
	nk_summary_init(&block->header, &nk_crosstab_kind);
	block->row_places = 1;
	block->column_places = 1;
	block->label_places = (uint32_t) (((uint64_t) row.length + column.length +
									   7) / 8 * 8);
	nk_crosstab_place(block, true, row);
	nk_crosstab_place(block, false, column);
	*nk_crosstab_counts(block) = count;
	block->n = count;
}
