/*
 * merge.h - a walk through the values of many groups, side by side
 */
#ifndef NK_MERGE_H
#define NK_MERGE_H

#include "values.h"

#pragma GCC visibility push(hidden)

/* what is known of a group; an array of them is scratch of the caller */
typedef struct NkGroup
{
	int64_t		n;
	NkInt128		excess;			/* of its ranks, see kruskal.h */
	int64_t		tree;			/* see jonckheere.c */
	const NkGroupCount *next;	/* the next of its values */
	const NkGroupCount *end;
	struct NkGroup *queue;		/* a place of the queue, not of this group */
} NkGroup;

typedef struct NkMerge
{
	NkGroup    *groups;
	size_t		waiting;		/* groups in the queue */
	size_t		tied;			/* groups behind it that share a value */
	uint32_t	steps;
} NkMerge;

/* how many groups there are: the places that the others need */
extern size_t nk_count_groups(const NkGroupCount *entries, size_t count);

/*
 * Begin the walk: each group's n, the sum of them in *total.  NK_OVERFLOW.
 */
extern NkStatus nk_merge_begin(NkMerge *merge, NkGroup *groups,
							   const NkGroupCount *entries, size_t count,
							   int64_t *total);

/*
 * Go to the next value, of so many groups; 0 at the end.  They are
 * nk_merge_group(merge, 0) and so on, the last group first.
 */
extern size_t nk_merge_next(NkMerge *merge);

static inline NkGroup *
nk_merge_group(const NkMerge *merge, size_t i)
{
	return merge->groups[merge->waiting + i].queue;
}

static inline int64_t
nk_merge_count(const NkMerge *merge, size_t i)
{
	return nk_merge_group(merge, i)->next->count;
}

#pragma GCC visibility pop

#endif							/* NK_MERGE_H */
