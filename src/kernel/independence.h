/*
 * independence.h - are the rows and the columns of a table independent?
 */
#ifndef NK_INDEPENDENCE_H
#define NK_INDEPENDENCE_H

#include "result.h"
#include "table.h"

#pragma GCC visibility push(hidden)

typedef struct NkIndependence
{
	NkTestResult test;
	double		smallest_expected;	/* count of a cell */
	double		share_below_5;		/* of the cells: expected below 5 */
} NkIndependence;

/*
 * Pearson's chi-square and the likelihood ratio.  The status of the totals,
 * or NK_TOO_FEW where the chi-square distribution is a poor guide, with all
 * results.
 */
extern NkStatus nk_chisq_test(const NkTable *table, const NkMargins *margins,
							  NkIndependence *result);
extern NkStatus nk_g_test(const NkTable *table, const NkMargins *margins,
						  NkIndependence *result);

#pragma GCC visibility pop

#endif							/* NK_INDEPENDENCE_H */
