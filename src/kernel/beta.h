/*
 * beta.h - the beta tail as t.c and f.c need it.  Internal to the
 * distributions; other files use dist.h.
 */
#ifndef NK_BETA_H
#define NK_BETA_H

#include "pair.h"
#include "tail.h"

#pragma GCC visibility push(hidden)

extern NkTail nk_beta_tail(double a, double b, NkPair x, NkPair y);

#pragma GCC visibility pop

#endif							/* NK_BETA_H */
