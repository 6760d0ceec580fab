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
 * A fit that is rough enough to have next to no bias has the first part alone,
 * and over clusters that of the covariance of its shares.
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
 * With H^-1 = root root': G C G', where C is the covariance of the shares and
 * G = H^-1 X' diag(trials) moves beta with them.  Independent shares have the
 * variances that were fitted, so that G C G' is H^-1 X'WX H^-1.
 */
void
nk_smooth_sampling(const NkSmoothPoint *points, int count,
				   const double *covariance, NkSmooth *smooth)
{
	int			p = smooth->basis;
	double		moves[NK_SMOOTH_POINTS][MOST];	/* G' */
	double		total[MOST * MOST] = {0};

	for (int i = 0; i < count; i++)
	{
		double		row[MOST];

		nk_smooth_logit(smooth, points[i].x, row);
		for (int j = 0; j < p; j++)
			moves[i][j] = points[i].trials *
				nk_dot(row, smooth->root + j * p, p);
	}
	for (int i = 0; i < count; i++)
	{
		double		sum[MOST] = {0};
		double		unused[MOST];
		double		logit = nk_smooth_logit(smooth, points[i].x, unused);
		double		variance = 1 / (2 + 2 * cosh(logit)) / points[i].trials;

		nk_check_interrupts();
		for (int k = covariance ? 0 : i; k < (covariance ? count : i + 1); k++)
			for (int j = 0; j < p; j++)
				sum[j] += (covariance ? covariance[i * count + k] : variance) *
					moves[k][j];
		for (int j = 0; j < p; j++)
			for (int k = 0; k < p; k++)
				total[j * p + k] += moves[i][j] * sum[k];
	}
	nk_semidefinite_root(total, p, smooth->root);
}
