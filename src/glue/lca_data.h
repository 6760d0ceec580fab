/*
 * lca_data.h - patterns as the data of a fit of latent classes
 */
#ifndef NUSO_LCA_DATA_H
#define NUSO_LCA_DATA_H

#include "glue.h"

#include "../kernel/lca_model.h"
#include "../kernel/patterns.h"

#pragma GCC visibility push(hidden)

/* memory for patterns, or what is made of them; 0: they are too many */
static inline void *
lca_allocate(Size size)
{
	if (size == 0)
		check_status(NK_TOO_LARGE);
	return allocate(size);
}

/* the same in place of memory that is too small */
static inline void
lca_make_room(void **room, Size *has, Size needs)
{
	if (*room != NULL && needs > 0 && needs <= *has)
		return;
	if (*room != NULL)
		pfree(*room);
	*room = lca_allocate(needs);
	*has = needs;
}

/* the argument's patterns of so many items; raise if there are others */
static inline NkLcaData
lca_data_arg(FunctionCallInfo fcinfo, int argno, int items)
{
	const NkTally *patterns = (const NkTally *)
		summary_arg(fcinfo, argno, &nk_patterns_kind);
	NkLcaData	data;

	check_status(nk_lca_data(patterns, items,
							 lca_allocate(nk_lca_data_size(patterns)),
							 &data));
	return data;
}

/* what one of many fits is told, where the caller has no say: to be cheap */
static inline NkLcaSettings
lca_settings(int starts, int64 seed)
{
	return (NkLcaSettings) {
		.starts = starts, .finish = 5, .seed = seed, .tolerance = 1e-10,
		.max_iterations = 10000, .draws = 5
	};
}

#pragma GCC visibility pop

#endif							/* NUSO_LCA_DATA_H */
