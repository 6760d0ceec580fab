/*
 * spline.c - cubic B-splines on even knots, with second differences penalised
 *
 *   Eilers P H C, Marx B D (1996) Flexible smoothing with B-splines and
 *   penalties.  Statistical Science 11:89-121.  doi:10.1214/ss/1038425655
 *
 * H = X'WX + lambda D'D is never added up.  The rows of X, weighted by W, and
 * those of D, weighted by lambda, are rotated one after the other into a
 * triangle, without square roots:
 *
 *   Gentleman W M (1974) Algorithm AS 75: Basic procedures for large, sparse or
 *   weighted linear least squares problems.  Applied Statistics 23:448-454.
 *   doi:10.2307/2347147
 *
 * That keeps the digits where some ages have a billion trials and others a
 * tenth, and where lambda is so large that only a straight line is left: both
 * would be lost in the sum.  A row has four numbers, and so has one of the
 * triangle, so that a factor costs as many rotations as rows, times four.
 *
 * Tested by test/unit/test_smooth.c.
 */
#include "spline.h"

#include <string.h>

#define ORDER		NK_SPLINE_ORDER
#define DIAGONALS	(NK_SPLINE_ORDER - 1)

NkSplineRow
nk_spline_row(double from, double to, int basis, double x)
{
	int			segments = basis - DIAGONALS;
	double		place = (x - from) / (to - from) * segments;
	int			start = (int) fmin(fmax(floor(place), 0), segments - 1);
	double		t = place - start;
	double		s = 1 - t;

	return (NkSplineRow) {start, {
		s * s * s / 6,
			((3 * t - 6) * t * t + 4) / 6,
			((3 * s - 6) * s * s + 4) / 6,
			t * t * t / 6
	}};
}

double
nk_spline_roughness(const double *beta, int basis)
{
	double		sum = 0;

	for (int j = 0; j < basis - 2; j++)
		sum += nk_spline_bend(beta, j) * nk_spline_bend(beta, j);
	return sum;
}

void
nk_spline_pull(const double *beta, int basis, double lambda, double *gradient)
{
	for (int j = 0; j < basis - 2; j++)
	{
		double		pull = lambda * nk_spline_bend(beta, j);

		gradient[j] += pull;
		gradient[j + 1] -= 2 * pull;
		gradient[j + 2] += pull;
	}
}

/* rotate a row into the triangle */
static inline void
include_row(NkSplineFactor *factor, int start, const double *value,
			double weight)
{
	double		v[ORDER] = {value[0], value[1], value[2], value[3]};

	for (int j = start; j < factor->basis && weight > 0; j++)
	{
		double		x = v[0];
		double	   *r = factor->r[j];

		if (x != 0)
		{
			double		pull = weight * x;
			double		d = factor->d[j] + pull * x;
			double		cosine = factor->d[j] / d;
			double		sine = pull / d;

			factor->d[j] = d;
			weight *= cosine;
			for (int k = 1; k < ORDER; k++)
			{
				double		old = v[k];

				v[k - 1] = old - x * r[k - 1];
				r[k - 1] = cosine * r[k - 1] + sine * old;
			}
		}
		else
			for (int k = 1; k < ORDER; k++)
				v[k - 1] = v[k];
		v[ORDER - 1] = 0;
	}
}

void
nk_spline_factorise(const NkSplineRow *rows, const double *weights, int count,
					double lambda, int basis, NkSplineFactor *factor)
{
	static const double bend[ORDER] = {1, -2, 1, 0};
	int			i = 0;

	memset(factor, 0, sizeof(*factor));
	factor->basis = basis;
	for (int j = 0; j < basis - 2; j++)
	{
		for (; i < count && rows[i].start <= j; i++)
			include_row(factor, rows[i].start, rows[i].value, weights[i]);
		include_row(factor, j, bend, lambda);
	}
}

void
nk_spline_solve_upper(const NkSplineFactor *factor, double *v)
{
	int			basis = factor->basis;

	for (int j = basis - 1; j >= 0; j--)
		for (int k = 0; k < DIAGONALS && j + 1 + k < basis; k++)
			v[j] -= factor->r[j][k] * v[j + 1 + k];
}

void
nk_spline_solve(const NkSplineFactor *factor, double *v)
{
	int			basis = factor->basis;

	for (int j = 0; j < basis; j++)
	{
		for (int k = 0; k < DIAGONALS && j + 1 + k < basis; k++)
			v[j + 1 + k] -= factor->r[j][k] * v[j];
		v[j] /= factor->d[j];
	}
	nk_spline_solve_upper(factor, v);
}

void
nk_spline_leverages(const NkSplineFactor *factor, const NkSplineRow *rows,
					int count, double *leverages)
{
	double		inverse[NK_SPLINE_BASIS];

	for (int j = 0; j < factor->basis; j++)
		inverse[j] = 1 / factor->d[j];
	for (int i = 0; i < count; i++)
	{
		double		v[NK_SPLINE_BASIS + ORDER] = {0};
		double		sum = 0;

		/* R'^-1 row, which begins where the row does */
		for (int k = 0; k < ORDER; k++)
			v[rows[i].start + k] = rows[i].value[k];
		for (int j = rows[i].start; j < factor->basis; j++)
		{
			sum += v[j] * v[j] * inverse[j];
			for (int k = 0; k < DIAGONALS; k++)
				v[j + 1 + k] -= factor->r[j][k] * v[j];
		}
		leverages[i] = sum;
	}
}
