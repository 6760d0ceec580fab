/*
 * gap_area.c - the mean gap over ages
 *
 * Direct standardisation: gaps of the ages, weighted by the same numbers for
 * every curve, so that two curves differ by their gaps and not by how old the
 * children are.  With equal weights it is the area under the curve divided by
 * the number of ages.
 *
 * The variance of the mean is the sum of squared weights times variances (of
 * all covariances over clusters).  The share (1 + mean) / 2 is treated as one
 * of as many trials as give it that variance, the effective sample size of
 * surveys, with the interval of Wilson 1927, J Am Stat Assoc 22:209, doi
 * 10.1080/01621459.1927.10502953; Kish 1965, Survey Sampling, Wiley; Dean &
 * Pagano 2015, J Surv Stat Methodol 3:484, doi 10.1093/jssam/smv024.
 *
 * The alternative, squaring and adding the distances of the ages' intervals
 * (Zou & Donner 2008, Stat Med 27:1693, doi 10.1002/sim.3095), adds up the
 * lean of every one of them, which averages out in the mean: 160 children over
 * 18 ages, it held in 92.3 % at a level of 95 % and missed below 0.3 and above
 * 7.3; this one holds in 95 to 97 % (test/coverage/curve.c).
 * Accuracy: 1e-14 on the scale of the gap, held by test_gap_area.
 */
#include "gap_area.h"

static double
children_at(const NkAgeCurve *curve, int age)
{
	double		n = 0;

	for (int cell = 0; cell < NK_CURVE_CELLS; cell++)
		n += (double) curve->cells[age][cell];
	return n;
}

/*
 * The variance of a share of so many trials that is as far from 0 and 1 as
 * the weighted gaps are from -1 and 1, in gaps; 0 where all are one of these.
 */
static double
spread(const NkGaps *gaps, const double *weights, bool shrunk)
{
	double		below = 0;
	double		above = 0;

	for (int i = 0; i < gaps->count; i++)
	{
		double		n = (double) gaps->at[i].n;
		double		gap = gaps->at[i].gap * (shrunk ? n / (n + 1.5) : 1);

		below += weights[i] * (1 + gap);
		above += weights[i] * (1 - gap);
	}
	return below * above;
}

static double
variance_of(const NkGaps *gaps, const double *weights)
{
	double		sum = 0;

	for (int i = 0; i < gaps->count; i++)
		if (!gaps->clustered)
			sum += weights[i] * weights[i] * gaps->at[i].variance;
		else
			for (int j = 0; j < gaps->count; j++)
				sum += weights[i] * weights[j] *
					gaps->covariance[i * gaps->count + j];
	return sum;
}

NkStatus
nk_gap_area(const NkGaps *gaps, const NkAgeCurve *standard, double conf_level,
			NkGapArea *result)
{
	double		weights[NK_CURVE_AGES];
	double		all = 0;
	double		total = 0;
	double		estimate = 0;
	double		trials;
	double		critical;
	NkInterval	share;
	NkStatus	status = gaps->df < INFINITY ?
		nk_t_critical_value(conf_level, gaps->df, &critical) :
		nk_critical_value(conf_level, &critical);

	*result = (NkGapArea) {.mean = NK_NO_INTERVAL, .covered = NK_UNDEFINED};
	if (status != NK_OK)
		return status;
	for (int i = 0; i < gaps->count; i++)
	{
		weights[i] = standard == NULL ? 1 :
			children_at(standard, gaps->at[i].age);
		total += weights[i];
		result->ages += weights[i] > 0;
	}
	for (int age = 0; standard != NULL && age < NK_CURVE_AGES; age++)
		all += children_at(standard, age);
	if (all > 0)
		result->covered = total / all;
	if (total == 0)
		return NK_EMPTY;

	for (int i = 0; i < gaps->count; i++)
		estimate += weights[i] * gaps->at[i].gap;
	estimate = fmax(-1, fmin(1, estimate / total));
	for (int i = 0; i < gaps->count; i++)
		weights[i] /= total;
	trials = spread(gaps, weights, false);
	/* at -1 and 1 a share has no variance: half a child away from there */
	if (trials == 0)
		trials = spread(gaps, weights, true);
	trials /= variance_of(gaps, weights);
	share = nk_wilson_of(trials * ((1 + estimate) / 2), trials, critical);
	/* a low level must not leave the estimate to rounding */
	result->mean = (NkInterval) {
		estimate, fmin(estimate, 2 * share.lower - 1),
		fmax(estimate, 2 * share.upper - 1)
	};
	return NK_OK;
}
