/*
 * tail.h - what all distributions share: two tails, two scales, one search.
 *
 * Each family computes the logarithm of one tail, whichever does not cancel.
 * How the caller's tail and scale follow from it, and what probabilities may
 * be asked for at all, is decided here for all of them.  Internal to the
 * distributions; other files use dist.h.
 */
#ifndef NK_TAIL_H
#define NK_TAIL_H

#include <float.h>

#include "kernel.h"

#pragma GCC visibility push(hidden)

/* what is known at one x */
typedef struct NkTail
{
	bool		lower;			/* is it P(X <= x) that is given? */
	double		log_value;		/* its logarithm, -INFINITY for 0 */
	double		log_density;	/* logarithm of x times the density at x */
} NkTail;

/* what a quantile function looks for; the smaller tail, for precision */
typedef struct NkTarget
{
	bool		lower;
	double		log_p;			/* at most about log(1/2) */
} NkTarget;

typedef NkTail (*NkTailFunction)(double x, const void *context);

extern double nk_log_complement(double log_value);
extern double nk_tail_probability(NkTail tail, bool lower_tail, bool log_p);
extern NkStatus nk_tail_target(double p, bool lower_tail, bool log_p,
							   NkTarget *target);
extern double nk_guess_ratio(double a, double b, const NkTarget *target);
extern NkStatus nk_search_quantile(NkTailFunction tail, const void *context,
								   const NkTarget *target, double guess,
								   double end, double *x);

/* is it a shape or a number of degrees of freedom? */
static inline bool
nk_is_positive(double parameter)
{
	return parameter > 0 && parameter < INFINITY;
}

/* all mass lies above x (lower), or none does */
static inline NkTail
nk_no_tail(bool lower)
{
	return (NkTail) {lower, -INFINITY, -INFINITY};
}

/*
 * the terms of a continued fraction b0 + a1 / (b1 + a2 / (b2 + ...)); the
 * numerator of term 0 is not used
 */
typedef void (*NkFractionTerm)(double index, const void *context,
							   double *numerator, double *denominator);

extern double nk_continued_fraction(NkFractionTerm term, const void *context);

#pragma GCC visibility pop

#endif							/* NK_TAIL_H */
