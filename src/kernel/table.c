/*
 * table.c - the totals of a table of counts
 *
 * Rows and columns without children say nothing about the others.  Every
 * statistic leaves them out: degrees of freedom count what remains.
 */
#include "table.h"

static uint32_t
count_used(const int64_t *totals, uint32_t length)
{
	uint32_t	used = 0;

	for (uint32_t i = 0; i < length; i++)
		used += totals[i] > 0;
	return used;
}

void
nk_margins(const NkTable *table, int64_t *memory, NkMargins *margins)
{
	bool		fits = true;

	*margins = (NkMargins) {
		.rows = memory,
		.columns = memory + table->rows
	};
	for (uint32_t j = 0; j < table->columns; j++)
		margins->columns[j] = 0;
	for (uint32_t i = 0; i < table->rows; i++)
	{
		margins->rows[i] = 0;
		for (uint32_t j = 0; j < table->columns; j++)
		{
			int64_t		count = nk_count(table, i, j);

			nk_check_interrupts_at(j);
			fits &= nk_add(margins->rows[i], count, &margins->rows[i]);
			fits &= nk_add(margins->columns[j], count, &margins->columns[j]);
		}
		fits &= nk_add(margins->n, margins->rows[i], &margins->n);
	}
	margins->used_rows = count_used(margins->rows, table->rows);
	margins->used_columns = count_used(margins->columns, table->columns);
	if (!fits)
		margins->status = NK_OVERFLOW;
	else if (margins->n == 0)
		margins->status = NK_EMPTY;
	else if (margins->used_rows == 1 || margins->used_columns == 1)
		margins->status = NK_ZERO_MARGIN;
}
