/*
 * residuals.h - which cells of a table differ from independence?
 */
#ifndef NK_RESIDUALS_H
#define NK_RESIDUALS_H

#include "table.h"

#pragma GCC visibility push(hidden)

typedef struct NkCell
{
	double		expected;
	double		std_residual;	/* (O - E) / sqrt(E) */
	double		adj_residual;	/* over its own standard error */
	double		p_value;		/* of adj_residual, both tails */
} NkCell;

/* one cell; margins are those of the table, which has children */
extern NkCell nk_cell(const NkTable *table, const NkMargins *margins,
					  uint32_t row, uint32_t column);

#pragma GCC visibility pop

#endif							/* NK_RESIDUALS_H */
