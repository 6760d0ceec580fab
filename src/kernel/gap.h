/*
 * gap.h - the gap between two facts of the same children at each age, as what
 * is computed over ages reads it
 */
#ifndef NK_GAP_H
#define NK_GAP_H

#include "curve.h"

#pragma GCC visibility push(hidden)

/* between which facts, in the order of nk_gap_kinds */
typedef enum NkGapKind
{
	NK_GAP_IDENTIFIED,			/* identified - decided */
	NK_GAP_ASSESSED				/* assessed - decided */
} NkGapKind;

extern const char *const nk_gap_kinds[];	/* names, ends with NULL */

/*
 * One age with children.  The variance is never 0: half a child is added to
 * the children with either fact alone and to the others where one of these is
 * nobody.  share, (1 + gap) / 2, runs from 0 to 1 like a proportion, and has
 * the variance of a proportion of so many trials, were children independent.
 */
typedef struct NkGapAge
{
	int			age;
	int64_t		n;
	NkPaired	pair;
	double		gap;
	double		variance;		/* of the gap */
	double		share;
	double		trials;
	double		df;				/* of the variance; INFINITY without clusters */
} NkGapAge;

typedef struct NkGaps
{
	int			count;			/* ages with children, in their order */
	NkGapAge	at[NK_CURVE_AGES];

	/*
	 * Children of an age are independent of those of another, unless they sit
	 * in clusters: then the covariance of the gaps, count x count, says how
	 * they go together, and all of them have so many degrees of freedom.
	 */
	bool		clustered;
	double		df;				/* INFINITY without clusters */
	double		covariance[NK_CURVE_AGES * NK_CURVE_AGES];
} NkGaps;

/* one fact against another, as a table of pairs; cells of one age */
extern NkPaired nk_gap_pair(const int64_t cells[NK_CURVE_CELLS],
							NkGapKind kind);

/* without clusters */
extern void nk_gaps(const NkAgeCurve *curve, NkGapKind kind, NkGaps *gaps);

/*
 * Trials of each age for a smooth curve: the children of that age, with the
 * variance that a child has around it
 */
extern void nk_gap_even_trials(const NkGaps *gaps,
							   double trials[NK_CURVE_AGES]);

#pragma GCC visibility pop

#endif							/* NK_GAP_H */
