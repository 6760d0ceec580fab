/*
 * counts.h - tables of counts for the unit tests, from text such as 1,2/3,4
 */
#ifndef NK_TEST_COUNTS_H
#define NK_TEST_COUNTS_H

#include "reference.h"
#include "table.h"

#define MOST_CELLS	256

typedef struct Counts
{
	int64_t		cells[MOST_CELLS];
	int64_t		totals[MOST_CELLS];
	NkTable		table;
	NkMargins	margins;
} Counts;

/* the totals, after the counts have been filled in */
static inline void
counts_ready(Counts *counts, uint32_t rows, uint32_t columns)
{
	counts->table = (NkTable) {counts->cells, rows, columns};
	nk_margins(&counts->table, counts->totals, &counts->margins);
}

static inline void
counts_read(Counts *counts, const char *text)
{
	uint32_t	rows = 1;
	uint32_t	cells = 0;
	char	   *end;

	for (;; text = end + 1)
	{
		counts->cells[cells++] = strtoll(text, &end, 10);
		if (end == text || cells == MOST_CELLS)
			reference_fail("not a table", text);
		if (*end == '\0')
			break;
		rows += *end == '/';
	}
	counts_ready(counts, rows, cells / rows);
}

static inline void
counts_transpose(Counts *counts)
{
	Counts		old = *counts;

	for (uint32_t i = 0; i < old.table.rows; i++)
		for (uint32_t j = 0; j < old.table.columns; j++)
			counts->cells[j * old.table.rows + i] =
				old.cells[i * old.table.columns + j];
	counts_ready(counts, old.table.columns, old.table.rows);
}

#endif							/* NK_TEST_COUNTS_H */
