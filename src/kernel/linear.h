/*
 * linear.h - symmetric matrices of a few dozen rows
 *
 * A matrix of p x p is an array, row after row.  Nothing is allocated, and
 * nothing is kept.
 */
#ifndef NK_LINEAR_H
#define NK_LINEAR_H

#include "kernel.h"

#pragma GCC visibility push(hidden)

/* sum of products of two vectors */
static inline double
nk_dot(const double *a, const double *b, int p)
{
	double		sum = 0;

	for (int i = 0; i < p; i++)
		sum += a[i] * b[i];
	return sum;
}

/* add weight v v' to the lower triangle of a */
static inline void
nk_add_square(double *a, const double *v, double weight, int p)
{
	for (int i = 0; i < p; i++)
	{
		double		scaled = weight * v[i];

		for (int j = 0; j <= i; j++)
			a[i * p + j] += scaled * v[j];
	}
}

/*
 * The Cholesky factor: a lower triangle L with L L' = a, in the place of a's.
 * Above the diagonal nothing is read or written.  False if a is not positive
 * definite as far as doubles can tell.
 */
extern bool nk_cholesky(double *a, int p);

/*
 * A square matrix with root root' = a, where a is positive semidefinite: the
 * covariance of values that may depend on each other.  Both triangles of a are
 * read, and destroyed.
 */
extern void nk_semidefinite_root(double *a, int p, double *root);

/* v becomes L^-1 v; v becomes L'^-1 v; both: v becomes a^-1 v */
extern void nk_solve_lower(const double *l, double *v, int p);
extern void nk_solve_upper(const double *l, double *v, int p);

/*
 * The inverse of a square matrix, which is destroyed (Gauss and Jordan, rows
 * exchanged).  False if it is singular as far as doubles can tell: norms of
 * both matrices whose product is beyond 1e12.
 */
extern bool nk_invert(double *a, int p, double *inverse);

/*
 * Eigenvalues, in no order, and eigenvectors, as columns, of a symmetric
 * matrix, which is destroyed; only its lower triangle is read.
 * NK_NOT_CONVERGED has not been seen.
 */
extern NkStatus nk_symmetric_eigen(double *a, double *values, double *vectors,
								   int p);

#pragma GCC visibility pop

#endif							/* NK_LINEAR_H */
