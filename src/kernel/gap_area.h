/*
 * gap_area.h - the mean gap over ages
 */
#ifndef NK_GAP_AREA_H
#define NK_GAP_AREA_H

#include "gap.h"

#pragma GCC visibility push(hidden)

typedef struct NkGapArea
{
	NkInterval	mean;
	int			ages;			/* that are part of it */
	double		covered;		/* share of the standard's children whose age
								 * is one of them; undefined without standard */
} NkGapArea;

/*
 * Every age with children counts alike, or, with a standard, as many children
 * as that has at the age.  NK_EMPTY without an age that counts.
 */
extern NkStatus nk_gap_area(const NkGaps *gaps, const NkAgeCurve *standard,
							double conf_level, NkGapArea *result);

#pragma GCC visibility pop

#endif							/* NK_GAP_AREA_H */
