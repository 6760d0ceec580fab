/*
 * patefield.h - random tables with given totals
 */
#ifndef NK_PATEFIELD_H
#define NK_PATEFIELD_H

#include "log_factorial.h"
#include "table.h"

#pragma GCC visibility push(hidden)

/* how many random tables are no more probable than the observed one */
typedef struct NkMonteCarlo
{
	int32_t		replicates;
	int32_t		hits;
} NkMonteCarlo;

/*
 * Draw so many tables with the totals of this one, fewer where that would
 * take minutes.  factorials may be NULL; memory for as many integers as the
 * table has columns.
 */
extern void nk_monte_carlo(const NkTable *table, const NkMargins *margins,
						   const NkLogFactorials *factorials,
						   int32_t replicates, int64_t seed, int64_t *memory,
						   NkMonteCarlo *result);

#pragma GCC visibility pop

#endif							/* NK_PATEFIELD_H */
