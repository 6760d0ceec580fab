/*
 * scenario.h - worlds whose gap at every age is known, for simulations of
 * coverage.
 *
 * A scenario says what share of all children is in each cell of age and three
 * facts; shares and gaps are sums of those, so the truth that a band is held
 * against is exact.
 */
#ifndef NK_TEST_SCENARIO_H
#define NK_TEST_SCENARIO_H

#include <math.h>

#include "gap.h"

typedef enum Scenario
{
	SCENARIO_NATIONAL,			/* the illustrative national curve: falls to
								 * 14, a curve and not a broken line */
	SCENARIO_FLAT,				/* one gap at all ages; the shares rise, and
								 * with them the variance of the gap */
	SCENARIO_LINE,				/* falls in a straight line */
	SCENARIO_KINK,				/* a straight line to SCENARIO_KINK_AGE,
								 * another from there */
	SCENARIOS
} Scenario;

#define SCENARIO_AGES		18	/* children are 0 to 17 years old */
#define SCENARIO_KINK_AGE	14

static const char *const scenario_names[SCENARIOS] = {
	"national", "flat", "line", "kink"
};

/* share of the children at an age */
static const double scenario_ages[SCENARIO_AGES] = {
	.045, .042, .044, .046, .048, .050, .052, .054, .056,
	.056, .057, .058, .060, .066, .072, .078, .070, .046
};

static inline double
scenario_logistic(double x)
{
	return 1 / (1 + exp(-x));
}

/*
 * One age of the illustrative curves that the demonstration is made of
 * (src/warehouse/fit-demo-cells.py, with the unfitted intercepts): exposure,
 * which is being identified, is a multinomial logit; need and support are
 * logits in each class, level from 14 on; nine in ten of the supported have an
 * assessed need, unless that leaves a cell below zero.
 */
static inline void
scenario_national(int age, double cells[NK_CURVE_CELLS])
{
	/* none, home, own, both */
	static const double exposure[4][2] = {
		{-1.74344, 0}, {0, 0}, {-2.24103, 0.34}, {-1.62074, 0.22}
	};
	static const double need[4] = {-1.746, 0.100, 0.228, 1.045};
	static const double granted[4] = {-1.796, -0.634, -0.481, 0.028};
	double		years = age - 9;
	double		until_14 = fmin(age, 14) - 9;
	double		odds[4];
	double		sum = 0;

	for (int k = 0; k < 4; k++)
		sum += odds[k] = exp(exposure[k][0] + exposure[k][1] * years);
	for (int k = 0; k < 4; k++)
	{
		double		share = odds[k] / sum;
		double		a = scenario_logistic(need[k] + 0.03 * until_14);
		double		d = scenario_logistic(granted[k] + 0.09 * until_14);
		double		both = fmax(fmin(a, 0.9 * d), a + d - 1);
		int			identified = k > 0 ? NK_IDENTIFIED : 0;

		cells[identified] += share * (1 - a - d + both);
		cells[identified | NK_ASSESSED] += share * (a - both);
		cells[identified | NK_DECIDED] += share * (d - both);
		cells[identified | NK_ASSESSED | NK_DECIDED] += share * both;
	}
}

/*
 * One age with these gaps, of which `against` of the children have a decision
 * without the first fact, and `all` have all three.  assessed_gap is at most
 * the other.
 */
static inline void
scenario_gaps(double gap, double assessed_gap, double against, double all,
			  double cells[NK_CURVE_CELLS])
{
	cells[NK_DECIDED] = against;
	cells[NK_IDENTIFIED | NK_ASSESSED] = assessed_gap + against;
	cells[NK_IDENTIFIED] = gap - assessed_gap;
	cells[NK_IDENTIFIED | NK_ASSESSED | NK_DECIDED] = all;
	cells[0] = 1 - against - gap - against - all;
}

/* the share of all children in each cell; the sum is 1 */
static inline void
scenario_cells(Scenario scenario, double cells[NK_CURVE_AGES][NK_CURVE_CELLS])
{
	for (int age = 0; age < NK_CURVE_AGES; age++)
		for (int cell = 0; cell < NK_CURVE_CELLS; cell++)
			cells[age][cell] = 0;
	for (int age = 0; age < SCENARIO_AGES; age++)
	{
		double		before = fmin(age, SCENARIO_KINK_AGE);
		double		after = fmax(age - SCENARIO_KINK_AGE, 0);

		switch (scenario)
		{
			case SCENARIO_NATIONAL:
				scenario_national(age, cells[age]);
				break;
			case SCENARIO_FLAT:
				scenario_gaps(0.30, 0.12, 0.02 + 0.004 * age,
							  0.20 + 0.018 * age, cells[age]);
				break;
			case SCENARIO_LINE:
				scenario_gaps(0.64 - 0.015 * age, 0.24 - 0.008 * age, 0.03,
							  0.14 + 0.02 * age, cells[age]);
				break;
			case SCENARIO_KINK:
				scenario_gaps(0.68 - 0.017 * before + 0.004 * after,
							  0.24 - 0.009 * before + 0.002 * after, 0.03,
							  0.15 + 0.018 * age, cells[age]);
				break;
			case SCENARIOS:
				break;
		}
		for (int cell = 0; cell < NK_CURVE_CELLS; cell++)
			cells[age][cell] *= scenario_ages[age];
	}
}

/* the share of an age's children with the fact; 0 for an age without any */
static inline double
scenario_share(Scenario scenario, int fact, int age)
{
	double		cells[NK_CURVE_AGES][NK_CURVE_CELLS];
	double		with = 0;
	double		sum = 0;

	scenario_cells(scenario, cells);
	for (int cell = 0; cell < NK_CURVE_CELLS; cell++)
	{
		sum += cells[age][cell];
		if (cell & fact)
			with += cells[age][cell];
	}
	return sum > 0 ? with / sum : 0;
}

static inline double
scenario_gap(Scenario scenario, NkGapKind kind, int age)
{
	int			fact = kind == NK_GAP_IDENTIFIED ? NK_IDENTIFIED : NK_ASSESSED;

	return scenario_share(scenario, fact, age) -
		scenario_share(scenario, NK_DECIDED, age);
}

#endif							/* NK_TEST_SCENARIO_H */
