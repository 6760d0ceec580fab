/*
 * mixing.h - shares of classes, from how many children were taken for which
 */
#ifndef NK_MIXING_H
#define NK_MIXING_H

#include "kernel.h"

#pragma GCC visibility push(hidden)

/*
 * A child of class t is taken for class s with the probability d[t][s]; rows
 * of d, which is classes x classes, sum to 1.  Of so many children taken for
 * each class, what are the shares x of the classes themselves?  Those that
 * maximise the sum of count[s] log(sum of x[t] d[t][s]) with x >= 0; they sum
 * to 1.
 *
 * Afterwards free_share says which shares are not at 0.  At least one count is
 * above 0.  NK_NOT_IDENTIFIED: children were taken for a class that nobody is
 * taken for.  NK_NOT_CONVERGED has not been seen.
 */
extern NkStatus nk_mixing(const double *d, const double *count, int classes,
						  double *x, bool *free_share, double *scratch);

/* doubles that it needs from its caller */
static inline size_t
nk_mixing_scratch(int classes)
{
	return (size_t) classes * ((size_t) classes + 5);
}

#pragma GCC visibility pop

#endif							/* NK_MIXING_H */
