/*
 * gamma.h - the gamma tail as noncentral.c needs it.  Internal to the
 * distributions; other files use dist.h.
 */
#ifndef NK_GAMMA_H
#define NK_GAMMA_H

#include "tail.h"

#pragma GCC visibility push(hidden)

/* excess is x - shape, which the caller knows better than both of them */
extern NkTail nk_gamma_tail(double x, double shape, double excess);

#pragma GCC visibility pop

#endif							/* NK_GAMMA_H */
