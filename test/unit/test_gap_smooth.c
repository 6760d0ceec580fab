/*
 * test_gap_smooth.c - the gap as a smooth or monotone curve with its band.
 *
 * What it stands on is held to reference values elsewhere: test_smooth.c,
 * test_sup_t.c, test_isotonic.c.  Here: that a gap is put in and taken out
 * rightly, and what must hold whatever the data are.
 */
#include "gap_smooth.h"
#include "smooth_band.h"
#include "summaries.h"
#include "reference.h"

static union
{
	double		align;
	char		bytes[1 << 20];
}			scratch;

/* up to so many children a cell, at every step-th age */
static NkGaps
random_gaps(int64_t most, int step, NkGapKind kind)
{
	NkAgeCurve	curve = make_curve();
	NkGaps		gaps;

	for (int age = 0; age < NK_CURVE_AGES; age += step)
		for (int cell = 0; cell < NK_CURVE_CELLS; cell++)
			curve.cells[age][cell] = random_count(most);
	nk_gaps(&curve, kind, &gaps);
	return gaps;
}

/* the facts exchanged */
static NkGaps
turned_gaps(const NkGaps *gaps)
{
	NkGaps		turned = *gaps;

	for (int i = 0; i < gaps->count; i++)
	{
		turned.at[i].gap = -gaps->at[i].gap;
		turned.at[i].share = 1 - gaps->at[i].share;
	}
	return turned;
}

/* the spline of the shares, age by age, and the band of a rougher one */
static void
test_spline(void)
{
	Group		fit = {.name = "the spline of the share, as a gap",
	.tolerance = 1e-13};
	Group		band = {.name = "and its band", .tolerance = 1e-13};
	Group		inside = {.name = "with the spline in it"};
	Group		mirror = {.name = "exchanged facts turn it", .tolerance = 1e-6};

	CHECK(nk_gap_spline_scratch() <= sizeof(scratch));
	for (int i = 0; i < 200; i++)
	{
		NkGaps		gaps = random_gaps((int64_t) 10 << (i % 30), 1 + i % 4,
									   i % 2);
		NkGaps		turned = turned_gaps(&gaps);
		NkInterval	smooth[NK_CURVE_AGES];
		NkInterval	other[NK_CURVE_AGES];
		NkInterval	logits[NK_CURVE_AGES];
		NkSmoothPoint points[NK_CURVE_AGES];
		double		trials[NK_CURVE_AGES];
		double		ages[NK_CURVE_AGES];
		NkSmooth	rougher;
		NkSmooth	spline = {
			.from = gaps.at[0].age,
			.to = gaps.at[gaps.count - 1].age,
			.basis = nk_smooth_basis(gaps.count)
		};

		nk_gap_even_trials(&gaps, trials);
		for (int j = 0; j < gaps.count; j++)
		{
			ages[j] = gaps.at[j].age;
			points[j] = (NkSmoothPoint) {
				ages[j], gaps.at[j].share, trials[j]
			};
		}
		nk_smooth_fit(points, gaps.count, NAN, &spline);
		nk_smooth_rougher(points, gaps.count, &spline, &rougher);
		nk_smooth_band(&spline, &rougher, ages, gaps.count, 0.9, INFINITY,
					   &scratch, logits);
		group_expect(&inside, i, nk_gap_spline(&gaps, 0.9, &scratch, smooth) ==
					 NK_OK);
		group_expect(&inside, i, nk_gap_spline(&turned, 0.9, &scratch, other) ==
					 NK_OK);
		for (int j = 0; j < gaps.count; j++)
		{
			group_compare(&fit, i, smooth[j].estimate,
						  2 / (1 + exp(-logits[j].estimate)) - 1, 1);
			group_compare(&band, i, smooth[j].lower,
						  2 / (1 + exp(-logits[j].lower)) - 1, 1);
			group_compare(&band, i, smooth[j].upper,
						  2 / (1 + exp(-logits[j].upper)) - 1, 1);
			group_expect(&inside, i, smooth[j].lower <= smooth[j].estimate &&
						 smooth[j].estimate <= smooth[j].upper);
			group_compare(&mirror, i, other[j].estimate, -smooth[j].estimate, 1);
			group_compare(&mirror, i, other[j].lower, -smooth[j].upper, 1);
		}
	}
	group_report(&fit);
	group_report(&band);
	group_report(&inside);
	group_report(&mirror);
}

static void
check_first(const NkGaps *gaps, double expected)
{
	double		trials[NK_CURVE_AGES];

	nk_gap_even_trials(gaps, trials);
	CHECK_CLOSE(trials[0], expected, 1e-14);
}

/* trials from the variance of a child around an age, not at it alone */
static void
test_even_trials(void)
{
	NkGaps		gaps = random_gaps(100, 1, NK_GAP_IDENTIFIED);
	NkGaps		same = gaps;
	double		trials[NK_CURVE_AGES];
	bool		equal = true;

	/* ages alike: each has its own */
	for (int i = 0; i < same.count; i++)
	{
		same.at[i] = gaps.at[0];
		same.at[i].age = i;
	}
	nk_gap_even_trials(&same, trials);
	for (int i = 0; i < same.count; i++)
		equal &= fabs(trials[i] / gaps.at[0].trials -
					  (double) (gaps.at[0].n - 1) / (double) gaps.at[0].n) < 1e-13;
	CHECK(equal);

	/* children of three ages and a fourth too far away: 1, 3/4 and 1/2 each */
	check_first(&(NkGaps) {
		.count = 4,
		.at = {{.age = 5, .n = 10, .trials = 30, .variance = 0.03},
			{.age = 6, .n = 20, .trials = 70, .variance = 0.01},
			{.age = 7, .n = 12, .trials = 20, .variance = 0.02},
			{.age = 9, .n = 99, .trials = 1, .variance = 1}}
	}, 137.0 / 141 * 10 * (10 * 0.9 + 15 * 0.7 + 6 * 0.4) /
				(10 * 0.3 + 15 * 0.2 + 6 * 0.24));
	/* and for fifty at most */
	check_first(&(NkGaps) {
		.count = 2,
		.at = {{.age = 5, .n = 10, .trials = 30, .variance = 0.03},
			{.age = 6, .n = 2000, .trials = 70, .variance = 0.01}}
	}, 2008.0 / 2010 * 10 * (10 * 0.9 + 50 * 0.7) / (10 * 0.3 + 50 * 20));
	/* but for half of the children at least */
	check_first(&(NkGaps) {
		.count = 1,
		.at = {{.age = 5, .n = 1, .trials = 3, .variance = 0.3}}
	}, 1.5);
}

/* gaps of these values, so many children each, from age 0 on */
static NkGaps
gaps_of(const double *values, int count, double n)
{
	NkAgeCurve	curve = make_curve();
	NkGaps		gaps;

	for (int i = 0; i < count; i++)
	{
		curve.cells[i][NK_IDENTIFIED] = (int64_t) (fmax(values[i], 0) * n);
		curve.cells[i][NK_DECIDED] = (int64_t) (fmax(-values[i], 0) * n);
		curve.cells[i][0] = (int64_t) n - curve.cells[i][NK_IDENTIFIED] -
			curve.cells[i][NK_DECIDED];
	}
	nk_gaps(&curve, NK_GAP_IDENTIFIED, &gaps);
	return gaps;
}

static bool
is_undefined(const NkInterval *smooth, int count)
{
	for (int i = 0; i < count; i++)
		if (!isnan(smooth[i].estimate) || !isnan(smooth[i].lower) ||
			!isnan(smooth[i].upper))
			return false;
	return true;
}

static void
test_thin(void)
{
	static const double ones[] = {1, 1, 1, 1, 1, 1};
	static const double falls[] = {1, 1, 1, -1, -1, -1};
	static const double flat[] = {0, 0, 0, 0, 0, 0};
	static const double mixed[] = {1, 0.5, 1, -1, 0, 1};
	NkInterval	smooth[NK_CURVE_AGES];
	NkGaps		gaps = gaps_of(mixed, 0, 10);

	CHECK(nk_gap_spline(&gaps, 0.95, &scratch, smooth) == NK_TOO_FEW);
	for (int count = 1; count < 4; count++)
	{
		gaps = gaps_of(mixed, count, 10);
		CHECK(nk_gap_spline(&gaps, 0.95, &scratch, smooth) == NK_TOO_FEW &&
			  is_undefined(smooth, count));
	}
	gaps = gaps_of(ones, 6, 10);
	CHECK(nk_gap_spline(&gaps, 0.95, &scratch, smooth) == NK_NO_VARIATION);
	CHECK(is_undefined(smooth, 6));
	gaps = turned_gaps(&gaps);
	CHECK(nk_gap_spline(&gaps, 0.95, &scratch, smooth) == NK_NO_VARIATION);
	gaps = gaps_of(falls, 6, 10);
	CHECK(nk_gap_spline(&gaps, 0.95, &scratch, smooth) == NK_SEPARATION);
	CHECK(is_undefined(smooth, 6));

	gaps = gaps_of(flat, 6, 10);
	CHECK(nk_gap_spline(&gaps, 0.95, &scratch, smooth) == NK_OK);
	CHECK(fabs(smooth[3].estimate) < 1e-12 && smooth[3].lower > -0.5);
	gaps = gaps_of(mixed, 6, 1);
	CHECK(nk_gap_spline(&gaps, 0.95, &scratch, smooth) == NK_OK);
	gaps = gaps_of(mixed, 6, 1e12);
	CHECK(nk_gap_spline(&gaps, 0.95, &scratch, smooth) == NK_OK);
	CHECK(nk_gap_spline(&gaps, 1, &scratch, smooth) == NK_BAD_CONF_LEVEL);
	CHECK(is_undefined(smooth, 6));

	/* more children than there are: an answer, or none, but no nonsense */
	gaps = gaps_of(mixed, 6, 1e15);
	CHECK(nk_gap_spline(&gaps, 0.95, &scratch, smooth) < NK_FIRST_ERROR);
	CHECK(is_undefined(smooth, 6) || isfinite(smooth[0].lower));
}

/* clusters: with covariances the band is another one, the curve is the same */
static void
test_clustered(void)
{
	NkGaps		gaps = random_gaps(100, 2, NK_GAP_ASSESSED);
	NkInterval	alone[NK_CURVE_AGES];
	NkInterval	together[NK_CURVE_AGES];
	bool		same = true;
	bool		wider = true;

	nk_gap_spline(&gaps, 0.95, &scratch, alone);
	gaps.clustered = true;
	gaps.df = 10;
	for (int i = 0; i < gaps.count; i++)
		for (int j = 0; j < gaps.count; j++)
			gaps.covariance[i * gaps.count + j] = (i == j ? 2 : 1) *
				sqrt(gaps.at[i].variance * gaps.at[j].variance);
	CHECK(nk_gap_spline(&gaps, 0.95, &scratch, together) == NK_OK);
	for (int i = 0; i < gaps.count; i++)
	{
		same &= together[i].estimate == alone[i].estimate;
		wider &= together[i].lower < alone[i].lower &&
			together[i].upper > alone[i].upper;
	}
	CHECK(same);
	CHECK(wider);
}

/* does a monotone series fit between the bounds?  Pair by pair. */
static bool
fits(const NkInterval *raw, int count, bool falling)
{
	for (int i = 0; i < count; i++)
		for (int j = i; j < count; j++)
			if (falling ? raw[j].lower > raw[i].upper :
				raw[i].lower > raw[j].upper)
				return false;
	return true;
}

static void
test_monotone(void)
{
	Group		order = {.name = "monotone, and the estimate in its band"};
	Group		room = {.name = "bounds where a monotone series has room"};
	Group		holds = {.name = "what is monotone within raw is within the band"};
	int			with_room = 0;

	for (int i = 0; i < 4000; i++)
	{
		int			count = 1 + (int) (random_bits() % NK_CURVE_AGES);
		bool		falling = i % 2;
		double		width = 0.02 * (1 + i % 40);
		NkInterval	raw[NK_CURVE_AGES];
		NkInterval	smooth[NK_CURVE_AGES];
		double		weights[NK_CURVE_AGES];
		double		truth[NK_CURVE_AGES];
		bool		expected;

		for (int j = 0; j < count; j++)
		{
			double		place = (falling ? -0.5 : 0.5) * j / count;

			/* a truth that lies in every raw interval of half of the cases */
			truth[j] = place;
			raw[j].estimate = place + width *
				((double) (random_bits() % 2001) / 1000 - 1);
			raw[j].lower = raw[j].estimate - width * (i % 4 < 2 ? 1 : 0.4);
			raw[j].upper = raw[j].estimate + width * (i % 4 < 2 ? 1 : 0.4);
			weights[j] = (double) (1 + random_count(1000));
		}
		expected = fits(raw, count, falling);
		with_room += expected;
		nk_gap_monotone(raw, weights, count, falling, smooth);
		for (int j = 0; j < count; j++)
		{
			const NkInterval *at = &smooth[j];
			const NkInterval *next = &smooth[falling ? j : j + 1];
			const NkInterval *before = &smooth[falling ? j + 1 : j];

			group_expect(&room, i, !isnan(at->estimate) &&
						 isnan(at->lower) == !expected &&
						 isnan(at->upper) == !expected);
			if (j + 1 < count)
				group_expect(&order, i, before->estimate <= next->estimate);
			if (!expected)
				continue;
			group_expect(&order, i, at->lower <= at->estimate &&
						 at->estimate <= at->upper);
			if (j + 1 < count)
				group_expect(&order, i, before->lower <= next->lower &&
							 before->upper <= next->upper);
			if (i % 4 < 2)
				group_expect(&holds, i, at->lower <= truth[j] + 1e-12 &&
							 truth[j] <= at->upper + 1e-12);
		}
	}
	group_report(&order);
	group_report(&room);
	group_report(&holds);
	CHECK(with_room > 1000 && with_room < 3900);
}

int
main(void)
{
	test_spline();
	test_even_trials();
	test_thin();
	test_clustered();
	test_monotone();
	CHECK(reference_choice(nk_gap_smooths, "p-spline") == NK_GAP_SPLINE);
	CHECK(reference_choice(nk_gap_smooths, "falling") == NK_GAP_FALLING);
	CHECK(reference_choice(nk_gap_smooths, "rising") == NK_GAP_RISING);
	CHECK(reference_choice(nk_gap_smooths, "none") == NK_GAP_NOT_SMOOTHED);
	CHECK(nk_gap_smooths[NK_GAP_NOT_SMOOTHED + 1] == NULL);
	return unit_report();
}
