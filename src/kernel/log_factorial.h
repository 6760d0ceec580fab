/*
 * log_factorial.h - logarithms of factorials as integers
 */
#ifndef NK_LOG_FACTORIAL_H
#define NK_LOG_FACTORIAL_H

#include "kernel.h"

#pragma GCC visibility push(hidden)

/* beyond it a table would neither be quick to make nor stay in a cache */
#define NK_MOST_FACTORIALS	((int64_t) 1 << 22)

typedef struct NkLogFactorials
{
	int64_t    *value;			/* log x! in units, of 0 .. n */
	double		unit;
} NkLogFactorials;

/* memory for n + 1 integers; 0 < n <= NK_MOST_FACTORIALS */
extern void nk_log_factorials(int64_t n, int64_t *memory,
							  NkLogFactorials *factorials);

#pragma GCC visibility pop

#endif							/* NK_LOG_FACTORIAL_H */
