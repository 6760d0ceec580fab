/*
 * designs.h - tables over clusters for the unit tests: read from a reference
 * table ("3:40,12;1:7,0": three clusters with 40 and 12 children, one with 7
 * and 0; clusters.py tells more), and turned about.
 */
#ifndef NK_TEST_DESIGNS_H
#define NK_TEST_DESIGNS_H

#include "clustered.h"
#include "reference.h"

#define DESIGN_CELLS	36

typedef struct Design
{
	int64_t		counts[DESIGN_CELLS];
	NkProduct	products[DESIGN_CELLS * (DESIGN_CELLS + 1) / 2];
	NkClusterTable table;
} Design;

static inline void
design_start(Design *design, uint32_t rows, uint32_t columns)
{
	memset(design, 0, sizeof(*design));
	design->table.rows = rows;
	design->table.columns = columns;
	design->table.counts = design->counts;
	design->table.products = design->products;
}

/* so many clusters with these cells */
static inline void
design_add(Design *design, int64_t times, const int64_t *cells)
{
	uint32_t	length = design->table.rows * design->table.columns;
	NkProduct  *product = design->products;
	int64_t		n = 0;

	for (uint32_t i = 0; i < length; i++)
	{
		n += cells[i];
		design->counts[i] += times * cells[i];
		for (uint32_t j = 0; j <= i; j++)
			*product++ += (__int128) times * cells[i] * cells[j];
	}
	if (n > 0)
		design->table.clusters += times;
}

static inline void
design_read(Design *design, const char *text, uint32_t rows, uint32_t columns)
{
	char	   *rest = (char *) text;

	design_start(design, rows, columns);
	while (*rest != '\0')
	{
		int64_t		cells[DESIGN_CELLS];
		int64_t		times = strtoll(rest, &rest, 10);

		/* rest is at ':', then at each ',', at last at ';' or the end */
		for (uint32_t i = 0; i < rows * columns; i++)
			cells[i] = strtoll(rest + 1, &rest, 10);
		design_add(design, times, cells);
		if (*rest == ';')
			rest++;
		else if (*rest != '\0')
			reference_fail("not a design", text);
	}
}

/* the same clusters with the cells in another order */
static inline void
design_permute(const Design *from, const uint32_t *order, uint32_t rows,
			   uint32_t columns, Design *to)
{
	NkProduct  *product;

	design_start(to, rows, columns);
	to->table.clusters = from->table.clusters;
	product = to->products;
	for (uint32_t i = 0; i < rows * columns; i++)
	{
		to->counts[i] = from->counts[order[i]];
		for (uint32_t j = 0; j <= i; j++)
			*product++ = nk_product_of(&from->table, order[i], order[j]);
	}
}

#endif							/* NK_TEST_DESIGNS_H */
