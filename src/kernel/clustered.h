/*
 * clustered.h - children who sit in municipalities: a table of counts summed
 * over clusters, and how the counts vary between them
 */
#ifndef NK_CLUSTERED_H
#define NK_CLUSTERED_H

#include "crosstab.h"
#include "result.h"

#pragma GCC visibility push(hidden)

/* at most so many cells: their products grow with the square */
#define NK_CLUSTERED_CELLS	256

/* places of a working form, whose rows and columns are powers of 2 */
#define NK_CLUSTERED_PLACES	(4 * NK_CLUSTERED_CELLS)

/* fewer clusters than this: the statistics stand, with a word of warning */
#define NK_MANY_CLUSTERS	20

/*
 * All that the statistics need.  A proportion over clusters is a table of one
 * row and two columns: children without the event, children with it.
 */
typedef struct NkClusterTable
{
	int64_t		clusters;		/* those that have any children */
	uint32_t	rows;
	uint32_t	columns;
	const int64_t *counts;		/* rows x columns, summed over clusters */
	const NkProduct *products;	/* of any two cells, summed over clusters */
} NkClusterTable;

/* how many products, and where that of cells i and j is: lower triangle */
static inline size_t
nk_products(size_t cells)
{
	return cells * (cells + 1) / 2;
}

static inline NkProduct
nk_product_of(const NkClusterTable *table, size_t i, size_t j)
{
	return table->products[i < j ? nk_products(j) + i : nk_products(i) + j];
}

/*
 * The summary: a crosstab of all children, and behind it in the same block how
 * many clusters there were and the products of their cells.
 */
extern const NkSummaryKind nk_clustered_kind;

/*
 * Count one cluster into a working state with room for its labels: the
 * growth's room and rebuild take the cluster for a summary to be merged.
 */
extern NkStatus nk_add_cluster(NkCrosstab *state, const NkCrosstab *cluster);

/* a canonical form as the table that it holds, and points into */
extern NkClusterTable nk_cluster_table(const NkCrosstab *clustered);

/*
 * The same for statistics on an event.  Where all children have it or none,
 * one of the columns false and true is missing and is put in here.
 */
typedef struct NkEventTable
{
	NkClusterTable table;
	int64_t		counts[4];
	NkProduct	products[10];
} NkEventTable;

extern void nk_event_table(const NkCrosstab *clustered, NkEventTable *events);

/* in the order of nk_cluster_methods */
typedef enum NkClusterMethod
{
	NK_CLUSTER_LOGIT,
	NK_CLUSTER_LINEAR,
	NK_CLUSTER_KORN_GRAUBARD,
	NK_CLUSTER_WILSON
} NkClusterMethod;

extern const char *const nk_cluster_methods[];	/* names, ends with NULL */

/* cluster_interval.c: of a table of one row and two columns */
extern NkStatus nk_cluster_estimate(const NkClusterTable *table,
									double *estimate);
extern NkStatus nk_design_effect(const NkClusterTable *table, double *effect);
extern NkStatus nk_cluster_confint(const NkClusterTable *table,
								   double conf_level, NkClusterMethod method,
								   NkInterval *result,
								   NkClusterMethod *method_used);

/* of two rows: share of the second column, first row minus second row */
extern NkStatus nk_cluster_difference(const NkClusterTable *table,
									  double conf_level, NkInterval *result);

/* rao_scott.c: are rows and columns independent? */
extern size_t nk_rao_scott_scratch(const NkClusterTable *table);	/* bytes */
extern NkStatus nk_rao_scott_test(const NkClusterTable *table, void *scratch,
								  NkTestResult *result);

#pragma GCC visibility pop

#endif							/* NK_CLUSTERED_H */
