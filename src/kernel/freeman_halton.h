/*
 * freeman_halton.h - the exact test of independence, where it is cheap
 */
#ifndef NK_FREEMAN_HALTON_H
#define NK_FREEMAN_HALTON_H

#include "log_factorial.h"
#include "table.h"

#pragma GCC visibility push(hidden)

/* bytes of memory that nk_freeman_halton needs for a table of these totals */
extern size_t nk_freeman_halton_memory(const NkTable *table,
									   const NkMargins *margins);

/*
 * The probability of all tables with these totals that are no more probable
 * than this one.  NK_NOT_CONVERGED, soon, where that takes too long.
 */
extern NkStatus nk_freeman_halton(const NkTable *table,
								  const NkMargins *margins,
								  const NkLogFactorials *factorials,
								  void *memory, double *p);

#pragma GCC visibility pop

#endif							/* NK_FREEMAN_HALTON_H */
