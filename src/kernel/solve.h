/*
 * solve.h - roots of functions of one variable.
 */
#ifndef NK_SOLVE_H
#define NK_SOLVE_H

#include "kernel.h"

#pragma GCC visibility push(hidden)

/* a function of x; context carries whatever else it needs */
typedef double (*NkFunction)(double x, const void *context);

extern NkStatus nk_find_root(NkFunction f, const void *context, double lower,
							 double upper, double *root);

/* a point between two doubles that halves how many doubles lie between */
extern double nk_middle(double lower, double upper);

#pragma GCC visibility pop

#endif							/* NK_SOLVE_H */
