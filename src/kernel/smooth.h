/*
 * smooth.h - a share that changes smoothly with age: penalised splines on the
 * logit scale
 */
#ifndef NK_SMOOTH_H
#define NK_SMOOTH_H

#include "spline.h"

#pragma GCC visibility push(hidden)

#define NK_SMOOTH_POINTS	128	/* most ages */
#define NK_SMOOTH_BASIS		NK_SPLINE_BASIS	/* most functions; 4 at least */

/* a share of so many trials; neither need come from whole numbers */
typedef struct NkSmoothPoint
{
	double		x;				/* age, rising */
	double		share;			/* 0 to 1 */
	double		trials;			/* above 0 */
} NkSmoothPoint;

typedef struct NkSmooth
{
	double		from;			/* the range that the knots divide evenly */
	double		to;
	int			basis;			/* functions */
	double		lambda;			/* penalty of second differences */
	double		edf;			/* effective degrees of freedom */
	double		reml;			/* log restricted likelihood (Laplace), without
								 * binomial coefficients */
	double		beta[NK_SMOOTH_BASIS];
	double		root[NK_SMOOTH_BASIS * NK_SMOOTH_BASIS];	/* root root' is the
								 * covariance of beta */
} NkSmooth;

/* how many basis functions for so many ages: one less, from 4 to the most */
extern int	nk_smooth_basis(int points);

/*
 * Fit with from, to and basis as set in *smooth; lambda NaN lets REML choose.
 * NK_TOO_FEW: fewer than four points.  NK_NO_VARIATION: all shares are 0, or
 * all are 1.  NK_SEPARATION: no straight line has a finite slope, since the
 * shares of one side of some age are all 0, and those of the other side 1.
 */
extern NkStatus nk_smooth_fit(const NkSmoothPoint *points, int count,
							  double lambda, NkSmooth *smooth);

/*
 * The fit that a band is made from.  Where a curve bends more sharply than
 * elsewhere, a fit whose penalty suits the whole of it is off by more than its
 * standard errors say.  A rougher one is not: a thirtieth of the penalty, and
 * 3 at most, with the covariance that it has from sample to sample, without
 * the part for a bias.
 */
extern NkStatus nk_smooth_rougher(const NkSmoothPoint *points, int count,
								  const NkSmooth *smooth, NkSmooth *rougher);

/*
 * The fitted logit at x, and the row of root that belongs to it: its length is
 * the standard error of the logit, and the product of two rows is the
 * covariance at their x.  row has room for basis numbers.
 */
extern double nk_smooth_logit(const NkSmooth *smooth, double x, double *row);

/*
 * The same covariance where the shares have this one (count x count, in rows)
 * instead of that of independent shares of so many trials.
 */
extern void nk_smooth_cluster(const NkSmoothPoint *points, int count,
							  const double *covariance, NkSmooth *smooth);

/*
 * Part of both: from the root of a penalised fit to that of its coefficients
 * from sample to sample; covariance NULL for independent shares
 */
extern void nk_smooth_sampling(const NkSmoothPoint *points, int count,
							   const double *covariance, NkSmooth *smooth);

#pragma GCC visibility pop

#endif							/* NK_SMOOTH_H */
