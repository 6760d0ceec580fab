/*
 * composition_curve.h - how children of each age divide over classes
 */
#ifndef NK_COMPOSITION_CURVE_H
#define NK_COMPOSITION_CURVE_H

#include "result.h"
#include "table.h"

#pragma GCC visibility push(hidden)

#define NK_COMPOSITION_AGES	128	/* most rows */

/* one class at one age, or one and all later ones */
typedef struct NkCompositionPoint
{
	int64_t		n;				/* children of the class, or a later one */
	NkInterval	share;			/* at this age, all classes at once */
	NkInterval	band;			/* at all ages, all classes at once */
	NkInterval	smooth;			/* its band: at all ages, this class */
	NkStatus	status;			/* NK_ZERO_MARGIN: cannot but be 1 */
} NkCompositionPoint;

/* bytes, aligned for doubles, that the function below works in */
extern size_t nk_composition_curve_scratch(void);

/*
 * Each cell of a table whose rows are these rising ages, at most
 * NK_COMPOSITION_AGES; all have children.  Cumulative: with all later columns.
 * points has room for all cells.  NK_BAD_CONF_LEVEL; undefined are the smooth
 * values of a class without a smooth curve (nk_smooth_fit), and bounds of what
 * cannot but be 1.
 */
extern NkStatus nk_composition_curve(const NkTable *table,
									 const NkMargins *margins,
									 const double *ages, double conf_level,
									 bool cumulative, void *scratch,
									 NkCompositionPoint *points);

#pragma GCC visibility pop

#endif							/* NK_COMPOSITION_CURVE_H */
