/*
 * smooth_covariance.c - what a penalised spline says at an age, and how sure it
 * is where children sit in clusters
 *
 * The covariance of the coefficients is H^-1 with H = X'WX + lambda D'D, as in
 *
 *   Wahba G (1983) Bayesian "confidence intervals" for the cross-validated
 *   smoothing spline.  JRSS B 45:133-150.
 *   doi:10.1111/j.2517-6161.1983.tb01239.x
 *
 * H^-1 = H^-1 X'WX H^-1 + H^-1 S H^-1, S = lambda D'D: the first part is how
 * much the coefficients move with the shares, the second stands for the bias
 * of smoothing (Nychka 1988, JASA 83:1134, doi:10.1080/01621459.1988.10478711).
 * Shares over clusters replace the first by that of their own covariance.
 *
 * Tested by test/unit/test_smooth.c.
 */
#include "smooth.h"

#include "linear.h"

#define MOST		NK_SMOOTH_BASIS
#define ORDER		NK_SPLINE_ORDER

int
nk_smooth_basis(int points)
{
	int			basis = points - 1;

	return basis < 4 ? 4 : basis > NK_SMOOTH_BASIS ? NK_SMOOTH_BASIS : basis;
}

double
nk_smooth_logit(const NkSmooth *smooth, double x, double *row)
{
	NkSplineRow at = nk_spline_row(smooth->from, smooth->to, smooth->basis, x);

	for (int k = 0; k < smooth->basis; k++)
	{
		row[k] = 0;
		for (int j = 0; j < ORDER; j++)
			row[k] += at.value[j] *
				smooth->root[(at.start + j) * smooth->basis + k];
	}
	return nk_spline_value(&at, smooth->beta);
}

/*
 * With H^-1 = root root': H^-1 S H^-1, the part of the bias, and G C G', the
 * part of the sample, where C is the covariance and G = H^-1 X' diag(trials)
 * moves beta with the shares.
 */
void
nk_smooth_cluster(const NkSmoothPoint *points, int count,
				  const double *covariance, NkSmooth *smooth)
{
	int			p = smooth->basis;
	double		inverse[MOST * MOST];
	double		moves[NK_SMOOTH_POINTS][MOST];	/* G' */
	double		total[MOST * MOST] = {0};

	for (int i = 0; i < p; i++)
		for (int j = 0; j < p; j++)
			inverse[i * p + j] = nk_dot(smooth->root + i * p,
										smooth->root + j * p, p);
	/* D H^-1, row after row */
	for (int k = 0; k < p - 2; k++)
	{
		double		bias[MOST];

		for (int j = 0; j < p; j++)
			bias[j] = nk_spline_bend(inverse + j * p, k);
		for (int i = 0; i < p; i++)
			for (int j = 0; j < p; j++)
				total[i * p + j] += smooth->lambda * bias[i] * bias[j];
	}
	for (int i = 0; i < count; i++)
	{
		NkSplineRow row = nk_spline_row(smooth->from, smooth->to, smooth->basis, points[i].x);

		for (int j = 0; j < p; j++)
			moves[i][j] = points[i].trials * nk_spline_value(&row, inverse + j * p);
	}
	for (int i = 0; i < count; i++)
	{
		double		sum[MOST] = {0};

		nk_check_interrupts();
		for (int k = 0; k < count; k++)
			for (int j = 0; j < p; j++)
				sum[j] += covariance[i * count + k] * moves[k][j];
		for (int j = 0; j < p; j++)
			for (int k = 0; k < p; k++)
				total[j * p + k] += moves[i][j] * sum[k];
	}
	nk_semidefinite_root(total, p, smooth->root);
}
