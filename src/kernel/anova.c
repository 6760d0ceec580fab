/*
 * anova.c - several means: are they equal?
 *
 * With k groups of n_i values, N together, mean m_i, variance s_i^2, M the
 * mean of all values, SSB = sum n_i (m_i - M)^2 and
 * SSW = sum (n_i - 1) s_i^2:
 *
 *	classic		F = (SSB / (k - 1)) / (SSW / (N - k)); equal variances
 *	eta^2		SSB / (SSB + SSW)
 *	omega^2		(SSB - (k - 1) MSW) / (SSB + SSW + MSW), MSW = SSW / (N - k)
 *	welch		F = [sum w_i (m_i - m)^2 / (k - 1)] /
 *					[1 + 2 (k - 2) L / (k^2 - 1)], w_i = n_i / s_i^2,
 *					m = sum w_i m_i / sum w_i,
 *					L = sum (1 - w_i / sum w_i)^2 / (n_i - 1),
 *					on k - 1 and (k^2 - 1) / (3 L) df; any variances
 *
 *   Welch B L (1951) On the comparison of several mean values: an
 *   alternative approach.  Biometrika 38:330-336.
 *   doi:10.1093/biomet/38.3-4.330
 *   Hays W L (1963) Statistics for psychologists.  (omega^2)
 *
 * Means are pairs of doubles, so that distances between means that agree in
 * thirteen digits have thirteen of their own.  They are measured in units of
 * powers of two, so that no square leaves the range of doubles.
 *
 * Not-a-number policy: inputs are finite.  What cannot be said is
 * NK_UNDEFINED; eta^2 and omega^2 stand where only the test does not.
 *
 * Accuracy: 1e-12 relative, where the spreads are normal numbers (1e-307 and
 * more).  test/unit/test_anova.c
 */
#include "anova.h"

#include "dist.h"

/* what one pass over the groups tells */
typedef struct Shape
{
	double		groups;			/* k */
	double		values;			/* N */
	bool		one_single;		/* is there a group of one value? */
	double		least_spread;
	double		most_spread;
	int			unit;			/* exponent of the unit of the means */
} Shape;

static void
now_and_then(size_t i)
{
	if (i % 4096 == 4095)
		nk_check_interrupts();
}

static Shape
shape_of(const NkMeanGroup *groups, size_t count)
{
	Shape		shape = {.least_spread = INFINITY};
	double		largest = 0;

	for (size_t i = 0; i < count; i++)
	{
		const NkMeanGroup *g = &groups[i];

		shape.groups += (double) g->times;
		shape.values += (double) g->n * (double) g->times;
		shape.one_single |= g->n == 1;
		shape.least_spread = fmin(shape.least_spread, g->spread);
		shape.most_spread = fmax(shape.most_spread, g->spread);
		largest = fmax(largest, fabs(g->mean.high));
		now_and_then(i);
	}
	if (largest > 0)
		shape.unit = ilogb(largest);
	return shape;
}

/* from a centre to a mean, in units of the means */
static double
distance(const NkMeanGroup *g, NkPair centre, const Shape *shape)
{
	NkPair		mean = {
		ldexp(g->mean.high, -shape->unit), ldexp(g->mean.low, -shape->unit)
	};

	return nk_pair_add(mean, nk_pair_negate(centre)).high;
}

/* all groups alike: classic; in units of 1 / least_spread^2: Welch's w_i */
typedef double (*Weight)(const NkMeanGroup *g, const Shape *shape);

static double
size_weight(const NkMeanGroup *g, const Shape *shape)
{
	(void) shape;
	return (double) g->n * (double) g->times;
}

static double
precision_weight(const NkMeanGroup *g, const Shape *shape)
{
	double		ratio = shape->least_spread / g->spread;

	return ratio * ratio * ((double) g->n - 1) * (double) g->times;
}

/* sums over groups of weights, of weighted distances and of their squares */
typedef struct Sums
{
	double		weight;
	double		distance;
	double		square;
} Sums;

static Sums
sums_about(const NkMeanGroup *groups, size_t count, NkPair centre,
		   Weight weight, const Shape *shape)
{
	Sums		sums = {0, 0, 0};

	for (size_t i = 0; i < count; i++)
	{
		double		w = weight(&groups[i], shape);
		double		d = distance(&groups[i], centre, shape);

		sums.weight += w;
		sums.distance += w * d;
		sums.square += w * d * d;
		now_and_then(i);
	}
	return sums;
}

/*
 * between - weighted squares about the weighted mean
 *
 * From any group to near the weighted mean, and from there again: what is
 * left to subtract is then too small to cancel.
 */
static Sums
between(const NkMeanGroup *groups, size_t count, Weight weight,
		const Shape *shape)
{
	NkPair		centre = {0, 0};
	Sums		sums;

	centre.high = ldexp(groups[0].mean.high, -shape->unit);
	for (int pass = 0; ; pass++)
	{
		sums = sums_about(groups, count, centre, weight, shape);
		if (pass == 2)
			break;
		centre = nk_pair_add(centre, (NkPair) {
			sums.distance / sums.weight, 0
		});
	}
	sums.square -= sums.distance / sums.weight * sums.distance;
	return sums;
}

/* sum of n_i spread_i^2, in units of most_spread^2 */
static double
within(const NkMeanGroup *groups, size_t count, const Shape *shape)
{
	double		sum = 0;

	for (size_t i = 0; i < count; i++)
	{
		double		ratio = groups[i].spread / shape->most_spread;

		sum += ratio * ratio * size_weight(&groups[i], shape);
		now_and_then(i);
	}
	return sum;
}

/* x times (unit of the means / spread)^2, whatever the two are */
static double
per_square_of(double x, double spread, const Shape *shape)
{
	int			exponent;
	double		fraction = frexp(spread, &exponent);

	return ldexp(x / (fraction * fraction), 2 * (shape->unit - exponent));
}

/* what both tests tell beside the test */
static NkStatus
describe(const NkMeanGroup *groups, size_t count, Shape *shape,
		 NkAnova *result)
{
	double		ssb;
	double		ssw;
	double		msw;
	double		df1;
	double		df2;

	*result = (NkAnova) {NK_NO_TEST, NK_UNDEFINED, NK_UNDEFINED};
	*shape = shape_of(groups, count);
	if (shape->groups == 0)
		return NK_EMPTY;
	df1 = shape->groups - 1;
	df2 = shape->values - shape->groups;
	if (df1 == 0 || df2 == 0)
		return NK_TOO_FEW;

	ssb = between(groups, count, size_weight, shape).square;
	if (shape->most_spread == 0)
	{
		if (ssb > 0)
			result->eta_squared = result->omega_squared = 1;
		return NK_NO_VARIATION;
	}
	ssb = per_square_of(ssb, shape->most_spread, shape);
	ssw = within(groups, count, shape);
	msw = ssw / df2;
	result->test = nk_f_result(ssb / df1 / msw, df1, df2);
	if (isinf(ssb))
		result->eta_squared = result->omega_squared = 1;
	else
	{
		result->eta_squared = ssb / (ssb + ssw);
		result->omega_squared = (ssb - df1 * msw) / (ssb + ssw + msw);
	}
	return NK_OK;
}

NkStatus
nk_anova(const NkMeanGroup *groups, size_t count, NkAnova *result)
{
	Shape		shape;

	return describe(groups, count, &shape, result);
}

NkStatus
nk_welch_anova(const NkMeanGroup *groups, size_t count, NkAnova *result)
{
	Shape		shape;
	Sums		sums;
	NkStatus	status = describe(groups, count, &shape, result);
	double		imbalance = 0;
	double		k = shape.groups;

	result->test = NK_NO_TEST;
	if (status != NK_OK)
		return status;
	if (shape.one_single)
		return NK_TOO_FEW;
	if (shape.least_spread == 0)
		return NK_NO_VARIATION;
	sums = between(groups, count, precision_weight, &shape);
	for (size_t i = 0; i < count; i++)
	{
		double		times = (double) groups[i].times;
		double		rest = 1 - precision_weight(&groups[i], &shape) / times /
			sums.weight;

		imbalance += times * rest * rest / ((double) groups[i].n - 1);
		now_and_then(i);
	}
	sums.square = per_square_of(sums.square, shape.least_spread, &shape);
	result->test = nk_f_result(sums.square / (k - 1) /
							   (1 + 2 * (k - 2) * imbalance / (k * k - 1)),
							   k - 1, (k * k - 1) / (3 * imbalance));
	return NK_OK;
}
