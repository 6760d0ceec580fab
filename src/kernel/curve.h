/*
 * curve.h - three facts of a child by age: identified, assessed and decided
 */
#ifndef NK_CURVE_H
#define NK_CURVE_H

#include "paired.h"

#pragma GCC visibility push(hidden)

#define NK_CURVE_AGES	21		/* ages 0 to 20 */

/* a child's three facts as bits; their sum is its cell */
enum
{
	NK_IDENTIFIED = 1,
	NK_ASSESSED = 2,
	NK_DECIDED = 4,
	NK_CURVE_CELLS = 8
};

/* what a cell is called: the facts that its children have */
extern const char *const nk_curve_cells[NK_CURVE_CELLS];

typedef struct NkAgeCurve
{
	NkSummary	header;
	int64_t		n_outside;		/* children of another age */
	int64_t		n_incomplete;	/* children with a fact or age unknown */
	int64_t		cells[NK_CURVE_AGES][NK_CURVE_CELLS];
} NkAgeCurve;

/*
 * Its counts from n_outside on as places: a child of an age and facts is in
 * NK_PLACE_CELLS + age * NK_CURVE_CELLS + facts.
 */
enum
{
	NK_PLACE_OUTSIDE,
	NK_PLACE_INCOMPLETE,
	NK_PLACE_CELLS,
	NK_CURVE_PLACES = NK_PLACE_CELLS + NK_CURVE_AGES * NK_CURVE_CELLS
};

extern const NkSummaryKind nk_age_curve_kind;

/* children at the ages 0 to 20, all facts known */
extern int64_t nk_age_curve_n(const NkAgeCurve *curve);

/*
 * Every child of the curve at the first age of its band, in *pooled: bands
 * begin at these ages and end before the next, the last with the oldest age.
 * Children before the first are counted as outside.  NK_BAD_BANDS unless there
 * is an age, from 0 to 20, and all of them rise.
 */
extern NkStatus nk_pool_ages(const NkAgeCurve *curve, const int32_t *first_ages,
							 int64_t count, NkAgeCurve *pooled);

#pragma GCC visibility pop

#endif							/* NK_CURVE_H */
