/*
 * linear.c - Cholesky's factor, an inverse and Jacobi's eigenvalues
 *
 * Both are backward stable: what is computed is exact for a matrix that
 * differs from the given one by a few roundings of its largest elements.
 * Jacobi's rotations need more steps than tridiagonal methods, which does not
 * matter at this size, and give orthogonal vectors to the last digits.
 *
 *   Higham N J (2002) Accuracy and stability of numerical algorithms, 2nd ed.
 *   SIAM, chapter 10.  doi:10.1137/1.9780898718027
 *   Rutishauser H (1966) The Jacobi method for real symmetric matrices.
 *   Numerische Mathematik 9:1-10.  doi:10.1007/BF02165223
 *
 * Not-a-number policy: a matrix with a NaN is not positive definite, and its
 * eigenvalues do not converge.  Tested by test/unit/test_linear.c.
 */
#include "linear.h"

#include <float.h>
#include <string.h>

#define MAX_SWEEPS 60			/* ten suffice for a hundred rows */
#define SINGULAR 1e12			/* condition of a matrix */

bool
nk_cholesky(double *a, int p)
{
	for (int i = 0; i < p; i++)
	{
		double	   *row = a + i * p;
		double		pivot;

		if (i % 64 == 63)
			nk_check_interrupts();
		for (int j = 0; j < i; j++)
			row[j] = (row[j] - nk_dot(row, a + j * p, j)) / a[j * p + j];
		pivot = row[i] - nk_dot(row, row, i);
		/* written so that NaN fails too */
		if (!(pivot > p * DBL_EPSILON * row[i]))
			return false;
		row[i] = sqrt(pivot);
	}
	return true;
}

void
nk_solve_lower(const double *l, double *v, int p)
{
	for (int i = 0; i < p; i++)
		v[i] = (v[i] - nk_dot(l + i * p, v, i)) / l[i * p + i];
}

void
nk_solve_upper(const double *l, double *v, int p)
{
	for (int i = p - 1; i >= 0; i--)
	{
		for (int j = i + 1; j < p; j++)
			v[i] -= l[j * p + i] * v[j];
		v[i] /= l[i * p + i];
	}
}

/*
 * nk_semidefinite_root - Cholesky's factor with the largest pivots first, until
 * rounding is all that is left of them (Higham, section 10.3)
 */
void
nk_semidefinite_root(double *a, int p, double *root)
{
	double		negligible = 0;

	memset(root, 0, sizeof(double) * (size_t) (p * p));
	for (int i = 0; i < p; i++)
		negligible = fmax(negligible, a[i * p + i]);
	negligible *= p * DBL_EPSILON;
	for (int k = 0; k < p; k++)
	{
		int			pivot = 0;

		for (int i = 1; i < p; i++)
			if (a[i * p + i] > a[pivot * p + pivot])
				pivot = i;
		if (!(a[pivot * p + pivot] > negligible))
			break;
		for (int i = 0; i < p; i++)
			root[i * p + k] = a[i * p + pivot] / sqrt(a[pivot * p + pivot]);
		for (int i = 0; i < p; i++)
			for (int j = 0; j < p; j++)
				a[i * p + j] -= root[i * p + k] * root[j * p + k];
		a[pivot * p + pivot] = 0;
	}
}

/* the largest sum of absolute values of a row; NaN stays */
static double
row_norm(const double *a, int p)
{
	double		norm = 0;

	for (int i = 0; i < p; i++)
	{
		double		sum = 0;

		for (int j = 0; j < p; j++)
			sum += fabs(a[i * p + j]);
		if (!(sum <= norm))
			norm = sum;
	}
	return norm;
}

static void
exchange_rows(double *a, int i, int j, int p)
{
	for (int k = 0; k < p && i != j; k++)
	{
		double		kept = a[i * p + k];

		a[i * p + k] = a[j * p + k];
		a[j * p + k] = kept;
	}
}

bool
nk_invert(double *a, int p, double *inverse)
{
	double		norm = row_norm(a, p);

	for (int i = 0; i < p; i++)
		for (int j = 0; j < p; j++)
			inverse[i * p + j] = i == j;
	for (int k = 0; k < p; k++)
	{
		int			pivot = k;
		double		scale;

		for (int i = k + 1; i < p; i++)
			if (fabs(a[i * p + k]) > fabs(a[pivot * p + k]))
				pivot = i;
		scale = a[pivot * p + k];
		/* written so that NaN fails too */
		if (!(fabs(scale) > 0))
			return false;
		exchange_rows(a, k, pivot, p);
		exchange_rows(inverse, k, pivot, p);
		for (int j = 0; j < p; j++)
		{
			a[k * p + j] /= scale;
			inverse[k * p + j] /= scale;
		}
		for (int i = 0; i < p; i++)
		{
			double		factor = a[i * p + k];

			if (i == k || factor == 0)
				continue;
			for (int j = 0; j < p; j++)
			{
				a[i * p + j] -= factor * a[k * p + j];
				inverse[i * p + j] -= factor * inverse[k * p + j];
			}
		}
	}
	return norm * row_norm(inverse, p) <= SINGULAR;
}

/* rotate - turn (x, y) by the angle whose tangent of the half is tau */
static inline void
rotate(double *x, double *y, double sine, double tau)
{
	double		old_x = *x;
	double		old_y = *y;

	*x = old_x - sine * (old_y + tau * old_x);
	*y = old_y + sine * (old_x - tau * old_y);
}

/* annul - turn the plane of i < j so that a[j][i] vanishes */
static void
annul(double *a, double *vectors, int i, int j, int p)
{
	double		corner = a[j * p + i];
	double		theta = (a[j * p + j] - a[i * p + i]) / (2 * corner);
	double		tangent = copysign(1, theta) / (fabs(theta) + hypot(theta, 1));
	double		cosine = 1 / hypot(tangent, 1);
	double		sine = tangent * cosine;
	double		tau = sine / (1 + cosine);

	a[i * p + i] -= tangent * corner;
	a[j * p + j] += tangent * corner;
	a[j * p + i] = 0;
	for (int k = 0; k < i; k++)
		rotate(&a[i * p + k], &a[j * p + k], sine, tau);
	for (int k = i + 1; k < j; k++)
		rotate(&a[k * p + i], &a[j * p + k], sine, tau);
	for (int k = j + 1; k < p; k++)
		rotate(&a[k * p + i], &a[k * p + j], sine, tau);
	for (int k = 0; k < p; k++)
		rotate(&vectors[k * p + i], &vectors[k * p + j], sine, tau);
}

NkStatus
nk_symmetric_eigen(double *a, double *values, double *vectors, int p)
{
	double		negligible = 0;
	double		sum = 0;

	for (int i = 0; i < p; i++)
		for (int j = 0; j < p; j++)
		{
			vectors[i * p + j] = i == j;
			if (j <= i)
			{
				negligible = fmax(negligible, fabs(a[i * p + j]));
				sum += fabs(a[i * p + j]);
			}
		}
	negligible *= DBL_EPSILON / 16;
	if (!isfinite(sum))
		return NK_NOT_CONVERGED;

	for (int sweep = 0; sweep < MAX_SWEEPS; sweep++)
	{
		bool		diagonal = true;

		nk_check_interrupts();
		for (int j = 1; j < p; j++)
			for (int i = 0; i < j; i++)
				if (fabs(a[j * p + i]) > negligible)
				{
					diagonal = false;
					annul(a, vectors, i, j, p);
				}
		if (diagonal)
		{
			for (int i = 0; i < p; i++)
				values[i] = a[i * p + i];
			return NK_OK;
		}
	}
	return NK_NOT_CONVERGED;
}
