/*
 * crosstab.h - the summary of two labels of a child: a table of counts
 */
#ifndef NK_CROSSTAB_H
#define NK_CROSSTAB_H

#include "labels.h"
#include "summary.h"

#pragma GCC visibility push(hidden)

/*
 * The header says how many rows and columns there are.  Labels, their indexes,
 * the counts and the labels' bytes follow in this order.  In canonical form
 * the labels are sorted, no row or column is empty, and there are no more
 * places than labels, so that counts lie row by row without gaps.
 */
typedef struct NkCrosstab
{
	NkSummary	header;
	uint32_t	working;		/* 1: labels as they came, with free places */
	uint32_t	row_places;
	uint32_t	column_places;
	uint32_t	label_places;	/* bytes, a multiple of 8 */
	uint64_t	label_bytes;	/* in use */
	int64_t		n;
	uint64_t	data[];
} NkCrosstab;

#define NK_CROSSTAB_CELLS	((uint64_t) 1 << 20)	/* most of a table */
#define NK_CROSSTAB_LABELS	((uint64_t) 1 << 24)	/* most bytes of labels */

extern const NkSummaryKind nk_crosstab_kind;

/* the labels of rows (or columns) and the counts, in the block */
extern NkLabelSet nk_crosstab_labels(const NkCrosstab *table, bool rows);
extern int64_t *nk_crosstab_counts(const NkCrosstab *table);

static inline NkLabelSet
nk_crosstab_rows(const NkCrosstab *table)
{
	return nk_crosstab_labels(table, true);
}

static inline NkLabelSet
nk_crosstab_columns(const NkCrosstab *table)
{
	return nk_crosstab_labels(table, false);
}

/* has the row (or column) any child? */
extern bool nk_crosstab_is_used(const NkCrosstab *table, bool row, size_t i);

/* the place of a label in a table that has room for it */
extern uint32_t nk_crosstab_place(NkCrosstab *table, bool row, NkText text);

/* the count of a cell, or NULL if one of its labels is new */
extern int64_t *nk_crosstab_find(const NkCrosstab *table, NkText row,
								 NkText column);

/* bytes of a table of one cell, and the table itself in a zeroed block */
extern size_t nk_crosstab_cell_size(NkText row, NkText column);
extern void nk_crosstab_make_cell(NkCrosstab *block, NkText row,
								  NkText column, int64_t count);

/* bytes of a block with these places */
extern size_t nk_crosstab_bytes(uint64_t row_places, uint64_t column_places,
								uint64_t label_places);

/* what a working table needs to hold a table and take in another */
typedef struct NkCrosstabPlan
{
	uint64_t	rows;			/* labels of both */
	uint64_t	columns;
	uint64_t	row_places;
	uint64_t	column_places;
	uint64_t	label_places;
	size_t		size;			/* of a new block; 0 if it fits as it is */
} NkCrosstabPlan;

/* how a table grows (NkGrowth), and its parts for kinds with one inside */
extern const NkGrowth nk_crosstab_growth;

extern size_t nk_crosstab_size(const NkSummary *block);
extern NkStatus nk_crosstab_room(const NkSummary *state,
								 const NkSummary *more, size_t *size);
extern NkStatus nk_crosstab_plan(const NkCrosstab *table,
								 const NkCrosstab *more,
								 NkCrosstabPlan *plan);
extern void nk_crosstab_rebuild(const NkSummary *state, const NkSummary *more,
								NkSummary *block, size_t size);
extern size_t nk_crosstab_canonical_size(const NkSummary *state);
extern void nk_crosstab_canonicalise(const NkSummary *state,
									 NkSummary *block);
extern NkStatus nk_crosstab_merge(NkSummary *into, const NkSummary *from);

/* as the kind's exchange; the table may move to a larger block */
extern NkStatus nk_crosstab_exchange(NkCrosstab **table, NkPort *port);

#pragma GCC visibility pop

#endif							/* NK_CROSSTAB_H */
