/*
 * fisher.h - the exact test of a table, or the nearest thing that is quick
 */
#ifndef NK_FISHER_H
#define NK_FISHER_H

#include "table.h"

#pragma GCC visibility push(hidden)

/* in the order of nk_fisher_methods: which one ran */
typedef enum NkFisherMethod
{
	NK_FISHER_2X2,
	NK_FREEMAN_HALTON,
	NK_MONTE_CARLO
} NkFisherMethod;

extern const char *const nk_fisher_methods[];	/* end with NULL */

typedef struct NkFisher
{
	NkFisherMethod method;
	double		p_value;
	double		p_lower;		/* 95 percent interval; exact: the p-value */
	double		p_upper;
	int32_t		replicates;		/* exact: 0 */
} NkFisher;

/* bytes of memory for the test of a table of these totals */
extern size_t nk_fisher_memory(const NkTable *table,
							   const NkMargins *margins);

/*
 * Exact where that is cheap, else by so many random tables.  The status of
 * the totals; NK_BAD_REPLICATES; NK_NOT_CONVERGED beyond 2^53 children.
 */
extern NkStatus nk_fisher_test(const NkTable *table,
							   const NkMargins *margins, int32_t replicates,
							   int64_t seed, void *memory, NkFisher *result);

#pragma GCC visibility pop

#endif							/* NK_FISHER_H */
