/*
 * harness.c - does the harness draw from the world that it says?
 *
 * The shares and gaps of the national scenario are held against the printed
 * table of the illustrative curves, the drawn counts against the shares, and
 * an interval whose coverage is known goes through the whole.
 */
#include "coverage.h"

#include "curve_point.h"
#include "dist.h"

/* age, identified, assessed, decided, and both gaps, as printed */
static const double printed[][6] = {
	{0, .855, .414, .176, .679, .237},
	{2, .857, .431, .205, .652, .226},
	{5, .864, .461, .258, .606, .203},
	{8, .876, .497, .322, .554, .175},
	{10, .889, .527, .372, .516, .154},
	{12, .906, .559, .428, .478, .131},
	{13, .915, .576, .457, .458, .119},
	{14, .926, .593, .486, .439, .106},
	{15, .936, .602, .494, .442, .108},
	{17, .956, .617, .506, .449, .111}
};

/* a printed third digit is half a unit from the truth, or a rounding more */
#define PRINTED(value, expected) \
	CHECK(fabs((value) - (expected)) < 0.00061)

static void
test_national(void)
{
	double		totals[3] = {0};

	for (size_t i = 0; i < sizeof(printed) / sizeof(printed[0]); i++)
	{
		const double *row = printed[i];
		int			age = (int) row[0];

		PRINTED(scenario_share(SCENARIO_NATIONAL, NK_IDENTIFIED, age), row[1]);
		PRINTED(scenario_share(SCENARIO_NATIONAL, NK_ASSESSED, age), row[2]);
		PRINTED(scenario_share(SCENARIO_NATIONAL, NK_DECIDED, age), row[3]);
		PRINTED(scenario_gap(SCENARIO_NATIONAL, NK_GAP_IDENTIFIED, age), row[4]);
		PRINTED(scenario_gap(SCENARIO_NATIONAL, NK_GAP_ASSESSED, age), row[5]);
	}
	for (int age = 0; age < SCENARIO_AGES; age++)
		for (int i = 0; i < 3; i++)
			totals[i] += scenario_ages[age] *
				scenario_share(SCENARIO_NATIONAL, 1 << i, age);
	PRINTED(totals[0], 1 - .106);
	PRINTED(totals[1], .521);
	PRINTED(totals[2], .360);
}

static void
test_shapes(void)
{
	for (Scenario s = 0; s < SCENARIOS; s++)
	{
		double		cells[NK_CURVE_AGES][NK_CURVE_CELLS];
		double		sum = 0;
		double		least = 1;

		scenario_cells(s, cells);
		for (int age = 0; age < SCENARIO_AGES; age++)
			for (int cell = 0; cell < NK_CURVE_CELLS; cell++)
			{
				sum += cells[age][cell];
				least = fmin(least, cells[age][cell]);
			}
		CHECK_CLOSE(sum, 1, 1e-14);
		CHECK(least >= 0);
	}
	for (int age = 0; age < SCENARIO_AGES; age++)
	{
		CHECK_CLOSE(scenario_gap(SCENARIO_FLAT, NK_GAP_IDENTIFIED, age), 0.30,
					1e-14);
		CHECK_CLOSE(scenario_gap(SCENARIO_FLAT, NK_GAP_ASSESSED, age), 0.12,
					1e-14);
		CHECK_CLOSE(scenario_gap(SCENARIO_LINE, NK_GAP_IDENTIFIED, age),
					0.64 - 0.015 * age, 1e-14);
		CHECK_CLOSE(scenario_gap(SCENARIO_LINE, NK_GAP_ASSESSED, age),
					0.24 - 0.008 * age, 1e-14);
	}
	CHECK_CLOSE(scenario_gap(SCENARIO_KINK, NK_GAP_IDENTIFIED, 14), 0.442,
				1e-14);
	CHECK_CLOSE(scenario_gap(SCENARIO_KINK, NK_GAP_IDENTIFIED, 17), 0.454,
				1e-14);
}

/* drawn counts as a chi-square test of fit, and the same again */
static void
test_draws(void)
{
	for (Scenario s = 0; s < SCENARIOS; s++)
	{
		double		cells[NK_CURVE_AGES][NK_CURVE_CELLS];
		NkAgeCurve	curve;
		NkAgeCurve	again;
		NkAgeCurve	other;
		double		statistic = 0;
		double		p;
		int			df = -1;
		bool		impossible = false;
		const double n = 1000000;

		scenario_cells(s, cells);
		draw_curve(s, 42, 7, (int64_t) n, &curve);
		draw_curve(s, 42, 7, (int64_t) n, &again);
		draw_curve(s, 42, 8, (int64_t) n, &other);
		CHECK(nk_summary_validate(&curve.header, sizeof(curve),
								  &nk_age_curve_kind) == NK_OK);
		CHECK(nk_age_curve_n(&curve) == (int64_t) n);
		CHECK(memcmp(&curve, &again, sizeof(curve)) == 0);
		CHECK(memcmp(&curve, &other, sizeof(curve)) != 0);
		for (int age = 0; age < NK_CURVE_AGES; age++)
			for (int cell = 0; cell < NK_CURVE_CELLS; cell++)
			{
				double		expected = n * cells[age][cell];
				double		drawn = (double) curve.cells[age][cell];

				/* a share of 0 comes out of sums and may be 1e-17 */
				if (expected < 1e-6)
				{
					impossible |= drawn > 0;
					continue;
				}
				statistic += (drawn - expected) * (drawn - expected) / expected;
				df++;
			}
		CHECK(!impossible);
		p = nk_chisq_cdf(statistic, df, false, false);
		CHECK(p > 0.001 && p < 0.999);
	}
}

/* an interval that is known to hold in 95 %: Wilson's, of a large sample */
static void
known_coverage(void)
{
	int64_t		datasets = coverage_datasets(4000, 400);
	double		truth = scenario_share(SCENARIO_NATIONAL, NK_DECIDED, 9);
	int64_t		hits = 0;

	for (int64_t i = 0; i < datasets; i++)
	{
		NkAgeCurve	curve;
		NkCurvePoint points[NK_CURVE_AGES];
		int			count;

		draw_curve(SCENARIO_NATIONAL, 1, i, 20000, &curve);
		nk_curve(&curve, 0.95, NK_GAP_IDENTIFIED, points, &count);
		hits += points[9].decided.lower <= truth &&
			truth <= points[9].decided.upper;
	}
	coverage_row("national: Wilson's interval of one share (known: 95)", 20000,
				 datasets, hits, 0.95, 0.95);
}

int
main(int argc, char **argv)
{
	coverage_begin(argc, argv);
	if (coverage_short)
	{
		test_national();
		test_shapes();
		test_draws();
	}
	known_coverage();
	return coverage_end();
}
