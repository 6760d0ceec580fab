/*
 * crosstab.c - the summary of two labels of a child: a table of counts
 */
#include "crosstab.h"

/* ---------------------------------------------------------------- contents */

static int64_t
crosstab_n(const NkSummary *summary)
{
	return ((const NkCrosstab *) summary)->n;
}

/* entries of a canonical form point at one text after the other */
static bool
is_gapless(const NkLabelSet *set, uint64_t *at)
{
	for (uint32_t i = 0; i < set->count; i++)
	{
		if (set->entries[i].at != *at)
			return false;
		*at += set->entries[i].length;
	}
	return true;
}

static bool
is_minimal(const NkCrosstab *table)
{
	NkLabelSet	rows = nk_crosstab_rows(table);
	NkLabelSet	columns = nk_crosstab_columns(table);
	uint64_t	at = 0;

	if (table->row_places != rows.count ||
		table->column_places != columns.count || !is_gapless(&rows, &at) ||
		!is_gapless(&columns, &at) || at != table->label_bytes ||
		table->label_places != (at + 7) / 8 * 8)
		return false;
	for (uint32_t i = 0; i < rows.count; i++)
		if (!nk_crosstab_is_used(table, true, i))
			return false;
	for (uint32_t j = 0; j < columns.count; j++)
		if (!nk_crosstab_is_used(table, false, j))
			return false;
	for (; at < table->label_places; at++)
		if (rows.bytes[at] != 0)
			return false;
	return true;
}

static NkStatus
crosstab_validate(const NkSummary *summary)
{
	const NkCrosstab *table = (const NkCrosstab *) summary;
	NkLabelSet	rows = nk_crosstab_rows(table);
	NkLabelSet	columns = nk_crosstab_columns(table);
	const int64_t *counts = nk_crosstab_counts(table);
	bool		sorted = !table->working;
	int64_t		n = 0;
	NkStatus	status;

	if (table->working > 1 || table->label_bytes > table->label_places)
		return NK_BAD_SUMMARY;
	status = nk_labels_validate(&rows, (uint32_t) table->label_bytes, sorted);
	if (status == NK_OK)
		status = nk_labels_validate(&columns, (uint32_t) table->label_bytes,
									sorted);
	if (status != NK_OK)
		return status;
	for (uint32_t i = 0; i < rows.count; i++)
		for (uint32_t j = 0; j < columns.count; j++)
		{
			int64_t		count = counts[(size_t) i * table->column_places + j];

			if (count < 0)
				return NK_NEGATIVE_COUNT;
			if (!nk_add(n, count, &n))
				return NK_OVERFLOW;
		}
	if (n != table->n || (sorted && !is_minimal(table)))
		return NK_BAD_SUMMARY;
	return NK_OK;
}

NkStatus
nk_crosstab_merge(NkSummary *into, const NkSummary *from)
{
	NkCrosstab *a = (NkCrosstab *) into;
	const NkCrosstab *b = (const NkCrosstab *) from;
	NkLabelSet	rows = nk_crosstab_rows(b);
	NkLabelSet	columns = nk_crosstab_columns(b);
	const int64_t *counts = nk_crosstab_counts(b);

	if (!nk_add(a->n, b->n, &a->n))
		return NK_OVERFLOW;
	for (uint32_t i = 0; i < rows.count; i++)
	{
		uint32_t	row = nk_crosstab_place(a, true, nk_label_text(&rows, i));

		nk_check_interrupts();
		for (uint32_t j = 0; j < columns.count; j++)
		{
			uint32_t	column = nk_crosstab_place(a, false,
											 nk_label_text(&columns, j));

			/* the sum of all fits, so each does */
			nk_crosstab_counts(a)[(size_t) row * a->column_places + column] +=
				counts[(size_t) i * b->column_places + j];
		}
	}
	return NK_OK;
}

/* rows and columns may become empty: the canonical form leaves them out */
static NkStatus
crosstab_subtract(NkSummary *from, const NkSummary *part)
{
	NkCrosstab *a = (NkCrosstab *) from;
	const NkCrosstab *b = (const NkCrosstab *) part;
	NkLabelSet	rows = nk_crosstab_rows(b);
	NkLabelSet	columns = nk_crosstab_columns(b);
	const int64_t *counts = nk_crosstab_counts(b);

	for (uint32_t i = 0; i < rows.count; i++)
	{
		nk_check_interrupts();
		for (uint32_t j = 0; j < columns.count; j++)
		{
			int64_t		count = counts[(size_t) i * b->column_places + j];
			int64_t    *whole;

			if (count == 0)
				continue;
			whole = nk_crosstab_find(a, nk_label_text(&rows, i),
									 nk_label_text(&columns, j));
			if (whole == NULL || *whole < count)
				return NK_NOT_CONTAINED;
			*whole -= count;
		}
	}
	a->n -= b->n;
	a->working = 1;
	return NK_OK;
}

/* -------------------------------------------------------------- in and out */

/* a label of a table that is filled: its bytes are at the end of the block */
static NkStatus
exchange_label(NkCrosstab **table, NkPort *port, bool row, uint32_t i)
{
	NkLabelSet	set = nk_crosstab_labels(*table, row);
	NkText		text = {"", 0};

	if (i < set.count)			/* it is there: going out */
	{
		text = nk_label_text(&set, i);
		port->text(port, "label", &text.bytes, &text.length);
		return NK_OK;
	}
	port->text(port, "label", &text.bytes, &text.length);
	if (nk_label_find(&set, text) != NK_NO_LABEL)
		return NK_BAD_SUMMARY;
	if (text.length > (*table)->label_places - (*table)->label_bytes)
	{
		uint64_t	needed = (*table)->label_bytes + text.length;

		if (needed > NK_CROSSTAB_LABELS)
			return NK_TOO_LARGE;
		/* half as much again, so that many labels cost few copies */
		needed = (needed + needed / 2 + 63) / 64 * 64;
		*table = (NkCrosstab *)
			port->resize(port, &(*table)->header,
						 nk_crosstab_bytes((*table)->row_places,
										   (*table)->column_places, needed));
		(*table)->label_places = (uint32_t) needed;
	}
	nk_crosstab_place(*table, row, text);
	return NK_OK;
}

/* a list of so many labels, and no other number */
static NkStatus
begin_labels(NkPort *port, const char *name, int64_t length)
{
	uint32_t	items = (uint32_t) length;

	port->begin_list(port, name, &items, (uint32_t) NK_CROSSTAB_CELLS);
	return items == (uint32_t) length ? NK_OK : NK_BAD_SUMMARY;
}

NkStatus
nk_crosstab_exchange(NkCrosstab **block, NkPort *port)
{
	NkCrosstab *table = *block;
	int64_t		rows = table->header.rows;
	int64_t		columns = table->header.columns;
	NkStatus	status;

	port->count(port, "rows", &rows);
	port->count(port, "columns", &columns);
	if (rows < 0 || columns < 0)
		return NK_NEGATIVE_COUNT;
	if (rows > (int64_t) NK_CROSSTAB_CELLS ||
		columns > (int64_t) NK_CROSSTAB_CELLS ||
		(uint64_t) rows * (uint64_t) columns > NK_CROSSTAB_CELLS)
		return NK_TOO_LARGE;
	if (table->header.rows != rows || table->header.columns != columns)
	{
		/* an empty table is filled, in the order that the labels come */
		table = (NkCrosstab *)
			port->resize(port, &table->header,
						 nk_crosstab_bytes((uint64_t) rows,
										   (uint64_t) columns, 0));
		table->working = 1;
		table->row_places = (uint32_t) rows;
		table->column_places = (uint32_t) columns;
	}

	status = begin_labels(port, "column_labels", columns);
	for (uint32_t j = 0; j < columns && status == NK_OK; j++)
	{
		port->begin_item(port);
		status = exchange_label(&table, port, false, j);
		port->end_item(port);
	}
	if (status != NK_OK)
		return status;
	port->end_list(port);

	status = begin_labels(port, "table", rows);
	for (uint32_t i = 0; i < rows && status == NK_OK; i++)
	{
		int64_t    *counts;

		port->begin_item(port);
		status = exchange_label(&table, port, true, i);
		counts = nk_crosstab_counts(table) + (size_t) i * table->column_places;
		port->counts(port, "counts", counts, (uint32_t) columns);
		port->end_item(port);
		/* a sum that does not fit is found by the validator */
		for (uint32_t j = 0; table->working && j < columns; j++)
			table->n = (int64_t) ((uint64_t) table->n + (uint64_t) counts[j]);
	}
	if (status == NK_OK)
		port->end_list(port);
	*block = table;
	return status;
}

static NkStatus
crosstab_exchange(NkSummary *summary, NkPort *port)
{
	NkCrosstab *table = (NkCrosstab *) summary;

	return nk_crosstab_exchange(&table, port);
}

const NkSummaryKind nk_crosstab_kind = {
	.name = "crosstab",
	.code = 4,
	.rows = 0,
	.columns = 0,
	.size = sizeof(NkCrosstab) + 4 * sizeof(uint32_t),
	.growth = &nk_crosstab_growth,
	.n = crosstab_n,
	.validate = crosstab_validate,
	.merge = nk_crosstab_merge,
	.subtract = crosstab_subtract,
	.exchange = crosstab_exchange
};
