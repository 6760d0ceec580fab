/*
 * linear_trend.h - do children with a higher row have a higher column?
 */
#ifndef NK_LINEAR_TREND_H
#define NK_LINEAR_TREND_H

#include "result.h"
#include "table.h"

#pragma GCC visibility push(hidden)

/*
 * The linear-by-linear association, with a finite score for every row and
 * column.  The status of the totals; NK_NO_VARIATION where all children have
 * the same score.
 */
extern NkStatus nk_linear_trend_test(const NkTable *table,
									 const NkMargins *margins,
									 const double *row_scores,
									 const double *column_scores,
									 NkTestResult *result);

#pragma GCC visibility pop

#endif							/* NK_LINEAR_TREND_H */
