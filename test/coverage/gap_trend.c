/*
 * gap_trend.c - is the trend of the gap found as rarely as it should be?
 *
 * With one gap at all ages p is uniform: below .05 in 5 % of the data sets and
 * below .5 in half.  The test takes the variance of the gap for one at all
 * ages; in this scenario it rises by half from the youngest to the oldest,
 * more than in the national one.  The departure from a trend has no business
 * on a straight line; with nine children an age chi-square is too long in the
 * tail for it.
 */
#include "coverage.h"

#include "gap_trend.h"

static const double levels[] = {0.01, 0.05, 0.5};

/* what the shares of p below the levels may be */
static const double trend_low[] = {0.006, 0.04, 0.47};
static const double trend_high[] = {0.013, 0.06, 0.53};
static const double departure_low[] = {0.002, 0.025, 0.45};
static const double departure_high[] = {0.013, 0.06, 0.55};

static void
try_levels(const char *what, Scenario scenario, bool departure, int64_t n,
		   int64_t sets)
{
	int64_t		below[3] = {0};

	for (int64_t i = 0; i < sets; i++)
	{
		NkAgeCurve	curve;
		NkGaps		gaps;
		NkTrend		trend;
		double		p;

		draw_curve(scenario, 41, i, n, &curve);
		nk_gaps(&curve, NK_GAP_IDENTIFIED, &gaps);
		nk_gap_trend(&gaps, &trend);
		p = departure ? trend.departure.p_value : trend.trend.p_value;
		for (int j = 0; j < 3; j++)
			below[j] += p < levels[j];
	}
	for (int j = 0; j < 3; j++)
	{
		char		name[100];

		snprintf(name, sizeof(name), "%s: p below %g", what, levels[j]);
		coverage_row(name, n, sets, below[j],
					 departure ? departure_low[j] : trend_low[j],
					 departure ? departure_high[j] : trend_high[j]);
	}
}

int
main(int argc, char **argv)
{
	coverage_begin(argc, argv);
	try_levels("no trend", SCENARIO_FLAT, false, 20000,
			   coverage_datasets(10000, 300));
	try_levels("no trend", SCENARIO_FLAT, false, 160,
			   coverage_datasets(20000, 2000));
	try_levels("no departure", SCENARIO_LINE, true, 20000,
			   coverage_datasets(10000, 300));
	try_levels("no departure", SCENARIO_LINE, true, 160,
			   coverage_datasets(20000, 2000));
	return coverage_end();
}
