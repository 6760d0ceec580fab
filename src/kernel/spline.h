/*
 * spline.h - cubic B-splines on even knots, and the penalised least squares
 * that they are fitted by
 */
#ifndef NK_SPLINE_H
#define NK_SPLINE_H

#include "kernel.h"

#pragma GCC visibility push(hidden)

#define NK_SPLINE_BASIS		12	/* most functions */
#define NK_SPLINE_ORDER		4	/* functions that are not 0 at a place */

/* the values of the functions at a place */
typedef struct NkSplineRow
{
	int			start;			/* the first that is not 0 */
	double		value[NK_SPLINE_ORDER];
} NkSplineRow;

/* a matrix R' diag(d) R, R unit upper triangular with three diagonals more */
typedef struct NkSplineFactor
{
	int			basis;
	double		d[NK_SPLINE_BASIS];
	double		r[NK_SPLINE_BASIS][NK_SPLINE_ORDER - 1];
} NkSplineFactor;

extern NkSplineRow nk_spline_row(double from, double to, int basis, double x);

static inline double
nk_spline_value(const NkSplineRow *row, const double *beta)
{
	double		sum = 0;

	for (int k = 0; k < NK_SPLINE_ORDER; k++)
		sum += row->value[k] * beta[row->start + k];
	return sum;
}

/* row j of D beta, the second differences */
static inline double
nk_spline_bend(const double *beta, int j)
{
	return (beta[j] - beta[j + 1]) - (beta[j + 1] - beta[j + 2]);
}

/* |D beta|^2 */
extern double nk_spline_roughness(const double *beta, int basis);

/* add lambda D'D beta to gradient */
extern void nk_spline_pull(const double *beta, int basis, double lambda,
						   double *gradient);

/* H = sum of weight row row' + lambda D'D; rows in the order of their start */
extern void nk_spline_factorise(const NkSplineRow *rows, const double *weights,
								int count, double lambda, int basis,
								NkSplineFactor *factor);

/* v becomes R^-1 v; v becomes H^-1 v */
extern void nk_spline_solve_upper(const NkSplineFactor *factor, double *v);
extern void nk_spline_solve(const NkSplineFactor *factor, double *v);

/* row'H^-1 row of each row */
extern void nk_spline_leverages(const NkSplineFactor *factor,
								const NkSplineRow *rows, int count,
								double *leverages);

#pragma GCC visibility pop

#endif							/* NK_SPLINE_H */
