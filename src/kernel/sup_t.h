/*
 * sup_t.h - the largest of several correlated statistics: what makes bands
 * hold over all ages at once
 */
#ifndef NK_SUP_T_H
#define NK_SUP_T_H

#include "kernel.h"

#pragma GCC visibility push(hidden)

/*
 * Statistics T_i = row_i . z, z independent standard normal, so that rows have
 * length 1 and their products are the correlations; with df degrees of
 * freedom, all divided by one root of a mean square of so many.
 */
typedef struct NkSupT
{
	int			count;			/* statistics */
	int			rank;			/* numbers of a row, at most count */
	const double *rows;			/* count x rank */
	double		df;				/* INFINITY: normal */
	int64_t		seed;
} NkSupT;

/* bytes, aligned for doubles, that the functions below work in */
extern size_t nk_sup_t_scratch(const NkSupT *sup_t);

/*
 * c with P(max |T_i| <= c) = conf_level; between the quantile of one
 * statistic and Sidak's of so many independent ones.  NK_BAD_CONF_LEVEL
 */
extern NkStatus nk_sup_t_critical(const NkSupT *sup_t, double conf_level,
								  void *scratch, double *critical);

/* P(max |T_i| >= statistic), relatively as exact in the far tail */
extern NkStatus nk_sup_t_p_value(const NkSupT *sup_t, double statistic,
								 void *scratch, double *p_value);

/* the same for independent statistics, exactly: Sidak's */
extern NkStatus nk_sidak_critical(double conf_level, int count, double df,
								  double *critical);

#pragma GCC visibility pop

#endif							/* NK_SUP_T_H */
