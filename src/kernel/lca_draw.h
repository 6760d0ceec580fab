/*
 * lca_draw.h - data sets that a model of latent classes could have produced
 */
#ifndef NK_LCA_DRAW_H
#define NK_LCA_DRAW_H

#include "lca.h"

#pragma GCC visibility push(hidden)

/*
 * Draw as many children as the data have from the model, each with the items
 * that were observed of it; drawn lies in the room, of nk_lca_draw_size bytes
 * (at most 32 a child; 0 beyond 2^53 children).  Data set i of a seed is the
 * same on every machine.  Counts of children are whole numbers.
 */
extern size_t nk_lca_draw_size(const NkLcaData *data);
extern void nk_lca_draw(const NkLcaData *data, const NkLcaParameters *model,
						int64_t seed, int32_t i, void *room,
						NkLcaData *drawn);

/* the seed of what is fitted to data set i: other numbers than its children */
extern int64_t nk_lca_draw_seed(int64_t seed, int32_t i);

#pragma GCC visibility pop

#endif							/* NK_LCA_DRAW_H */
