/*
 * table.h - a table of counts and its totals
 */
#ifndef NK_TABLE_H
#define NK_TABLE_H

#include "kernel.h"

#pragma GCC visibility push(hidden)

typedef struct NkTable
{
	const int64_t *counts;		/* row after row, none negative */
	uint32_t	rows;
	uint32_t	columns;
} NkTable;

/*
 * The totals; of a row or column without children 0.  status is what they
 * mean for any statistic: NK_EMPTY without children, NK_ZERO_MARGIN with
 * those of one row or one column only, NK_OVERFLOW.
 */
typedef struct NkMargins
{
	NkStatus	status;
	int64_t		n;
	uint32_t	used_rows;		/* rows that have children */
	uint32_t	used_columns;
	int64_t    *rows;
	int64_t    *columns;
} NkMargins;

/* how many totals a table has: the memory that the statistics ask for */
static inline size_t
nk_totals(const NkTable *table)
{
	return (size_t) table->rows + table->columns;
}

/* fill the totals, for which memory has room */
extern void nk_margins(const NkTable *table, int64_t *memory,
					   NkMargins *margins);

/* (r - 1)(c - 1) over the rows and columns that have children */
static inline double
nk_table_df(const NkMargins *margins)
{
	return ((double) margins->used_rows - 1) *
		((double) margins->used_columns - 1);
}

static inline int64_t
nk_count(const NkTable *table, uint32_t row, uint32_t column)
{
	return table->counts[(size_t) row * table->columns + column];
}

/* the count expected of a cell if rows and columns are independent */
static inline double
nk_expected(const NkMargins *margins, uint32_t row, uint32_t column)
{
	return (double) ((__int128) margins->rows[row] *
					 margins->columns[column]) / (double) margins->n;
}

/* observed less expected, as exact as a double can be: no cancellation */
static inline double
nk_surplus(const NkTable *table, const NkMargins *margins, uint32_t row,
		   uint32_t column)
{
	return (double) ((__int128) nk_count(table, row, column) * margins->n -
					 (__int128) margins->rows[row] *
					 margins->columns[column]) / (double) margins->n;
}

/* loops over cells call this: a table may have a hundred million */
static inline void
nk_check_interrupts_at(uint32_t column)
{
	if ((column & 4095) == 0)
		nk_check_interrupts();
}

#pragma GCC visibility pop

#endif							/* NK_TABLE_H */
