/*
 * crossing.c - where the smooth shares of two classes cross
 *
 * Among children of either class, the logit of the second's share is fitted by
 * a penalised spline (smooth.c).  Its roots are the ages at which one class
 * overtakes the other.  The age that is asked for is the last of them, if the
 * second class is the larger from there on.
 *
 * The interval inverts the test that the logit is 0 at an age: its bounds are
 * the ages from which the upper and the lower limit of the logit, z standard
 * errors from it, are positive for good.  Standard errors are those of the
 * rougher fit that bands are made from (smooth_band.c), for the same reason.
 * It is an interval of one root of a curve, not of several compared, so z is
 * that of one test (Fieller 1954, JRSS B 16:175, doi
 * 10.1111/j.2517-6161.1954.tb00159.x, is the same for a straight line).  A bound
 * at the youngest or oldest age is where the data end.
 *
 * Roots are looked for in each of GRID parts of the range and then refined to
 * neighbouring doubles: two that are nearer to each other than that, some
 * hundredth of the ages apart, are one touch and no crossing.
 *
 * Accuracy: that of the spline, held by test_crossing.
 */
#include "crossing.h"

#include "interval.h"
#include "linear.h"
#include "smooth.h"
#include "solve.h"

#define GRID		512

/* a curve whose roots are looked for: the logit and so many standard errors */
typedef struct Curve
{
	const NkSmooth *smooth;
	double		z;
} Curve;

static double
curve_at(double x, const void *context)
{
	const Curve *curve = context;
	double		row[NK_SMOOTH_BASIS];
	double		logit = nk_smooth_logit(curve->smooth, x, row);

	return logit + curve->z * sqrt(nk_dot(row, row, curve->smooth->basis));
}

static double
grid_age(const NkSmooth *smooth, int i)
{
	return i == GRID ? smooth->to
		: smooth->from + (smooth->to - smooth->from) * i / GRID;
}

/* how many roots there are, and the last of them */
static int
find_roots(const Curve *curve, double *last)
{
	double		left = curve_at(curve->smooth->from, curve);
	int			roots = 0;

	for (int i = 1; i <= GRID; i++)
	{
		double		x = grid_age(curve->smooth, i);
		double		right = curve_at(x, curve);

		if ((left > 0) != (right > 0) &&
			nk_find_root(curve_at, curve, grid_age(curve->smooth, i - 1), x,
						 last) == NK_OK)
			roots++;
		left = right;
	}
	return roots;
}

/* the age from which a curve is positive for good: at most the oldest one */
static double
positive_from(const NkSmooth *smooth, double z)
{
	Curve		curve = {smooth, z};
	double		age = smooth->from;

	find_roots(&curve, &age);
	return curve_at(smooth->to, &curve) > 0 ? age : smooth->to;
}

/* the shares at ages that have children of either class */
static int
shares_of(const NkCrossingAge *ages, int count, NkSmoothPoint *points,
		  NkStatus *status)
{
	bool		any_from = false;
	bool		any_to = false;
	int			used = 0;

	for (int i = 0; i < count; i++)
	{
		double		from = (double) ages[i].from;
		double		to = (double) ages[i].to;

		if (ages[i].from == 0 && ages[i].to == 0)
			continue;
		any_from |= ages[i].from > 0;
		any_to |= ages[i].to > 0;
		points[used++] = (NkSmoothPoint) {ages[i].age, to / (from + to), from + to};
	}
	*status = count == 0 ? NK_EMPTY
		: any_from && any_to ? NK_OK : NK_ZERO_MARGIN;
	return used;
}

NkStatus
nk_crossing(const NkCrossingAge *ages, int count, double conf_level,
			NkCrossing *crossing)
{
	NkSmoothPoint points[NK_CROSSING_AGES];
	NkSmooth	fit;
	NkSmooth	rougher;
	NkStatus	status;
	double		z;
	int			used;
	Curve		logit = {&fit, 0};

	*crossing = (NkCrossing) {NK_NO_INTERVAL, -1};
	status = nk_critical_value(conf_level, &z);
	if (status != NK_OK)
		return status;
	used = shares_of(ages, count, points, &status);
	if (status != NK_OK)
		return status;
	fit = (NkSmooth) {
		.from = points[0].x, .to = points[used - 1].x,
		.basis = nk_smooth_basis(used)
	};
	status = nk_smooth_fit(points, used, NK_UNDEFINED, &fit);
	if (status == NK_OK)
		status = nk_smooth_rougher(points, used, &fit, &rougher);
	if (status != NK_OK)
		return status;

	crossing->crossings = find_roots(&logit, &crossing->age.estimate);
	if (crossing->crossings == 0 || curve_at(fit.to, &logit) <= 0)
	{
		crossing->age = NK_NO_INTERVAL;
		return NK_NO_CROSSING;
	}
	crossing->age.lower = fmin(positive_from(&rougher, z),
							   crossing->age.estimate);
	crossing->age.upper = fmax(positive_from(&rougher, -z),
							   crossing->age.estimate);
	return NK_OK;
}
