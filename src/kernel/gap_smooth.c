/*
 * gap_smooth.c - the gap as a curve over ages, with a band that holds at all
 * of them
 *
 *	p-spline	of the share (1 + gap) / 2 on the logit scale (smooth.c), with
 *				the band of a rougher one (smooth_band.c)
 *	falling,	the nearest monotone series (isotonic.c).  A fit keeps order:
 *	rising		values that are nowhere less have a fit that is nowhere less
 *				(Robertson, Wright & Dykstra 1988, Order Restricted
 *				Statistical Inference, Wiley, section 1.3).  So where the raw
 *				band holds the truth and that is monotone, the fits of both
 *				bounds hold it too; and the fit of the gap is between them.
 *
 * Accuracy: that of what it is made of, held by test_gap_smooth.
 */
#include "gap_smooth.h"

#include "isotonic.h"
#include "smooth_band.h"

const char *const nk_gap_smooths[] = {
	"p-spline", "falling", "rising", "none", NULL
};

/* a share of a gap's scale from 0 to 1 has a quarter of its variance */
#define SHARE_VARIANCE	0.25

size_t
nk_gap_spline_scratch(void)
{
	return nk_smooth_band_scratch(NK_CURVE_AGES);
}

NkStatus
nk_gap_spline_fit(const NkGaps *gaps, NkSmooth *smooth, NkSmooth *rougher)
{
	NkSmoothPoint points[NK_CURVE_AGES];
	double		trials[NK_CURVE_AGES];
	double		covariance[NK_CURVE_AGES * NK_CURVE_AGES];
	NkStatus	status;

	nk_gap_even_trials(gaps, trials);
	for (int i = 0; i < gaps->count; i++)
		points[i] = (NkSmoothPoint) {
			gaps->at[i].age, gaps->at[i].share, trials[i]
		};
	smooth->from = gaps->at[0].age;
	smooth->to = gaps->at[gaps->count - 1].age;
	smooth->basis = nk_smooth_basis(gaps->count);
	status = nk_smooth_fit(points, gaps->count, NK_UNDEFINED, smooth);
	if (status == NK_OK)
		status = nk_smooth_rougher(points, gaps->count, smooth, rougher);
	if (status != NK_OK || !gaps->clustered)
		return status;

	for (int i = 0; i < gaps->count * gaps->count; i++)
		covariance[i] = SHARE_VARIANCE * gaps->covariance[i];
	nk_smooth_cluster(points, gaps->count, covariance, rougher);
	return NK_OK;
}

NkStatus
nk_gap_spline(const NkGaps *gaps, double conf_level, void *scratch,
			  NkInterval smooth[NK_CURVE_AGES])
{
	double		ages[NK_CURVE_AGES];
	NkSmooth	fit;
	NkSmooth	rougher;
	NkStatus	status = NK_TOO_FEW;
	double		df = gaps->df;	/* over clusters the least of all ages: with
								 * those of all the band held in 91 %, where
								 * 20 clusters should make it 95 */

	for (int i = 0; i < gaps->count; i++)
	{
		smooth[i] = NK_NO_INTERVAL;
		ages[i] = gaps->at[i].age;
		df = fmin(df, gaps->at[i].df);
	}
	if (gaps->count > 0)
		status = nk_gap_spline_fit(gaps, &fit, &rougher);
	if (status == NK_OK)
		status = nk_smooth_band(&fit, &rougher, ages, gaps->count, conf_level,
								df, scratch, smooth);
	/* the logit of (1 + gap) / 2 is 2 atanh(gap) */
	for (int i = 0; i < gaps->count; i++)
		smooth[i] = status == NK_OK ? (NkInterval) {
			tanh(smooth[i].estimate / 2), tanh(smooth[i].lower / 2),
			tanh(smooth[i].upper / 2)
		} : NK_NO_INTERVAL;
	return status;
}

/* is there a monotone series between all bounds? */
static bool
has_room(const NkInterval *raw, int count, bool falling)
{
	double		above = INFINITY;	/* least upper bound on the high side */

	for (int i = 0; i < count; i++)
	{
		const NkInterval *at = &raw[falling ? i : count - 1 - i];

		above = fmin(above, at->upper);
		if (at->lower > above)
			return false;
	}
	return true;
}

void
nk_gap_monotone(const NkInterval *raw, const double *weights, int count,
				bool falling, NkInterval *smooth)
{
	NkPool		pools[NK_CURVE_AGES];
	double		estimate[NK_CURVE_AGES] = {0};
	double		lower[NK_CURVE_AGES] = {0};
	double		upper[NK_CURVE_AGES] = {0};
	bool		room = has_room(raw, count, falling);

	for (int i = 0; i < count; i++)
	{
		estimate[i] = raw[i].estimate;
		lower[i] = raw[i].lower;
		upper[i] = raw[i].upper;
	}
	nk_isotonic(estimate, weights, count, falling, pools, estimate);
	nk_isotonic(lower, weights, count, falling, pools, lower);
	nk_isotonic(upper, weights, count, falling, pools, upper);
	for (int i = 0; i < count; i++)
		smooth[i] = (NkInterval) {
			estimate[i],
			room ? lower[i] : NK_UNDEFINED,
			room ? upper[i] : NK_UNDEFINED
		};
}
