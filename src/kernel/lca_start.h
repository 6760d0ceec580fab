/*
 * lca_start.h - where climbs to a maximum of the likelihood begin
 */
#ifndef NK_LCA_START_H
#define NK_LCA_START_H

#include "lca.h"

#pragma GCC visibility push(hidden)

#define NK_LCA_BLOCKS	1024

/* what starts need to know of the data */
typedef struct NkLcaStarts
{
	const NkLcaData *data;
	int64_t		seed;
	double		mean[NK_LCA_ITEMS]; /* share of children with each item */
	size_t		block;			/* patterns in a block */
	double		before[NK_LCA_BLOCKS];	/* children in the blocks before */
} NkLcaStarts;

extern void nk_lca_starts_init(NkLcaStarts *starts, const NkLcaData *data,
							   int64_t seed);

/* a draw of a start of that number: any probabilities */
extern void nk_lca_start_anywhere(const NkLcaStarts *starts, int start,
								  int draw, NkLcaParameters *at);

/* the same: each class is near a child, and these are unlike each other */
extern void nk_lca_start_near_children(const NkLcaStarts *starts, int start,
									   int draw, NkLcaParameters *at);

/* items that were never observed are not estimated: 1/2 */
extern void nk_lca_set_unobserved(const NkLcaData *data, NkLcaParameters *at);

#pragma GCC visibility pop

#endif							/* NK_LCA_START_H */
