/*
 * curve_difference.h - the gaps of two groups of children by age: how they
 * differ at each age, at all ages at once, and whether they do
 */
#ifndef NK_CURVE_DIFFERENCE_H
#define NK_CURVE_DIFFERENCE_H

#include "gap.h"

#pragma GCC visibility push(hidden)

/* a minus b at one age; what does not exist is undefined */
typedef struct NkCurveDifference
{
	int			age;
	int64_t		n_a;
	int64_t		n_b;
	double		gap_a;
	double		gap_b;
	NkInterval	difference;		/* of this age alone */
	NkInterval	band;			/* holds at all ages where both have children */
	double		p_value;		/* of this age alone, two-sided */
	double		p_adjusted;		/* over all of these ages: Holm */
	NkInterval	smooth;			/* of two smooth gaps, and its band */
	NkStatus	status;			/* NK_EMPTY where one group has no children */
} NkCurveDifference;

/* bytes, aligned for doubles, that nk_compare_curves works in */
extern size_t nk_compare_curves_scratch(void);

/*
 * Points from the youngest to the oldest age seen in either group, *count of
 * them.  NK_EMPTY: none.  The smooth is undefined where one of the two is: too
 * few ages, or a gap that is -1 or 1 at all of them.
 */
extern NkStatus nk_compare_curves(const NkAgeCurve *a, const NkAgeCurve *b,
								  double conf_level, NkGapKind kind,
								  void *scratch,
								  NkCurveDifference points[NK_CURVE_AGES],
								  int *count);

/*
 * Are the gaps equal at all ages?  NK_EMPTY: no age where both groups have
 * children; NK_NO_VARIATION: at each of these the facts differ for no child,
 * or in the same direction for all.
 */
extern NkStatus nk_curve_test(const NkAgeCurve *a, const NkAgeCurve *b,
							  NkGapKind kind, NkTestResult *result);

#pragma GCC visibility pop

#endif							/* NK_CURVE_DIFFERENCE_H */
