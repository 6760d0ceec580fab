/*
 * composition.h - how the children of a row divide over the columns
 */
#ifndef NK_COMPOSITION_H
#define NK_COMPOSITION_H

#include "result.h"
#include "table.h"

#pragma GCC visibility push(hidden)

/*
 * The normal quantile of intervals that hold for so many shares at once;
 * NK_BAD_CONF_LEVEL
 */
extern NkStatus nk_simultaneous_critical_value(double conf_level,
											   uint32_t shares, double *z);

/*
 * One cell as a share of its row.  NK_EMPTY: the row has no children;
 * NK_ZERO_MARGIN: the table has one column, whose share cannot but be 1.
 */
extern NkStatus nk_row_share(const NkTable *table, const NkMargins *margins,
							 double z, uint32_t row, uint32_t column,
							 NkInterval *result);

#pragma GCC visibility pop

#endif							/* NK_COMPOSITION_H */
