/*
 * smooth_band.c - a band around a penalised spline
 *
 * The band is estimate +- c standard errors of the logit, c the quantile of
 * the largest of all correlated deviations (sup_t.c):
 *
 *   Ruppert D, Wand M P, Carroll R J (2003) Semiparametric regression.
 *   Cambridge University Press, section 6.5.  doi:10.1017/CBO9780511755453
 *
 * Standard errors of penalised fits hold on average over the ages (Nychka
 * 1988, JASA 83:1134, doi:10.1080/01621459.1988.10478711), not where a curve
 * bends: there the fit with the penalty that suits the whole curve is biased
 * by more than a standard error, and a band around it holds in 7 of 10 samples
 * instead of 95 of 100.  So the band is that of a rougher fit, whose bias is
 * small beside its standard error, which is therefore that of the sample alone
 * (with the part for a bias, a level curve would be held in 98 of 100):
 *
 *   Hall P (1992) Effect of bias estimation on coverage accuracy of bootstrap
 *   confidence intervals for a probability density.  Annals of Statistics
 *   20:675-694.  doi:10.1214/aos/1176348651
 *   Calonico S, Cattaneo M D, Farrell M H (2018) On the effect of bias
 *   estimation on coverage accuracy in nonparametric inference.  JASA
 *   113:767-779.  doi:10.1080/01621459.2017.1285776
 *
 * How much rougher was measured (test/coverage/smooth.c), over samples from
 * 160 to 100,000 children of curves with and without a bend.
 *
 * Tested by test/unit/test_smooth.c.
 */
#include "smooth_band.h"

#include "linear.h"
#include "sup_t.h"

/* a band is the same every time: the numbers behind it are */
#define BAND_SEED	1

size_t
nk_smooth_band_scratch(int places)
{
	NkSupT		largest = {.count = places, .rank = NK_SMOOTH_BASIS};

	return nk_sup_t_scratch(&largest);
}

NkStatus
nk_smooth_band(const NkSmooth *fit, const NkSmooth *rougher, const double *x,
			   int places, double conf_level, double df, void *scratch,
			   NkInterval *band)
{
	double		rows[NK_SMOOTH_POINTS * NK_SMOOTH_BASIS];
	double		error[NK_SMOOTH_POINTS];
	double		middle[NK_SMOOTH_POINTS];
	double		unused[NK_SMOOTH_BASIS];
	double		critical;
	int			basis = rougher->basis;
	NkStatus	status;

	for (int i = 0; i < places; i++)
	{
		double	   *row = rows + i * basis;

		band[i].estimate = nk_smooth_logit(fit, x[i], unused);
		middle[i] = nk_smooth_logit(rougher, x[i], row);
		error[i] = sqrt(nk_dot(row, row, basis));
		for (int j = 0; j < basis; j++)
			row[j] /= error[i];
	}
	status = nk_sup_t_critical(&(NkSupT) {places, basis, rows, df, BAND_SEED},
							   conf_level, scratch, &critical);
	if (status != NK_OK)
		return status;
	for (int i = 0; i < places; i++)
	{
		band[i].lower = fmin(band[i].estimate, middle[i] - critical * error[i]);
		band[i].upper = fmax(band[i].estimate, middle[i] + critical * error[i]);
	}
	return NK_OK;
}
