/*
 * proportion.h - n children, events of whom have the fact
 */
#ifndef NK_PROPORTION_H
#define NK_PROPORTION_H

#include "summary.h"

#pragma GCC visibility push(hidden)

typedef struct NkProportion
{
	NkSummary	header;
	int64_t		n;
	int64_t		events;
} NkProportion;

extern const NkSummaryKind nk_proportion_kind;

/* events / n, NK_UNDEFINED where n is 0 */
extern double nk_proportion_estimate(const NkProportion *p);

/* the part of whole that is not in part; NK_NOT_CONTAINED if there is none */
extern NkStatus nk_proportion_rest(const NkProportion *part,
								   const NkProportion *whole,
								   NkProportion *rest);

#pragma GCC visibility pop

#endif							/* NK_PROPORTION_H */
