/*
 * curve_difference.c - do the intervals and bands of compare_curves hold the
 * true difference, and does curve_test find one where there is none?
 */
#include "coverage.h"

#include "curve_difference.h"

/* two worlds and how many children of each are drawn */
typedef struct Pair
{
	Scenario	a;
	Scenario	b;
	NkGapKind	kind;
	int64_t		n_a;
	int64_t		n_b;
} Pair;

typedef struct Counts
{
	int64_t		ages;			/* compared, of all data sets */
	int64_t		intervals;		/* of these that hold their own truth */
	int64_t		bands;			/* data sets whose band holds at all ages */
	int64_t		smooths;		/* the same of the smooth's */
	int64_t		smoothed;		/* that have one */
	int64_t		found_5;		/* tests below .05, */
	int64_t		found_1;		/* below .01 */
	int64_t		adjusted;		/* any age below .05 after adjustment */
} Counts;

static union
{
	double		align;
	char		bytes[65536];
}			scratch;

static bool
holds(NkInterval interval, double truth)
{
	return interval.lower <= truth && truth <= interval.upper;
}

static void
count_one(const Pair *pair, int64_t dataset, Counts *counts)
{
	NkAgeCurve	a;
	NkAgeCurve	b;
	NkCurveDifference points[NK_CURVE_AGES];
	NkTestResult test;
	int			count;
	bool		band = true;
	bool		smooth = true;
	bool		smoothed = false;
	bool		adjusted = false;

	draw_curve(pair->a, 1, dataset, pair->n_a, &a);
	draw_curve(pair->b, 2, dataset, pair->n_b, &b);
	nk_compare_curves(&a, &b, 0.95, pair->kind, &scratch, points, &count);
	nk_curve_test(&a, &b, pair->kind, &test);
	for (int i = 0; i < count; i++)
	{
		double		truth = scenario_gap(pair->a, pair->kind, points[i].age) -
			scenario_gap(pair->b, pair->kind, points[i].age);

		if (points[i].status != NK_OK)
			continue;
		counts->ages++;
		counts->intervals += holds(points[i].difference, truth);
		band &= holds(points[i].band, truth);
		adjusted |= points[i].p_adjusted < 0.05;
		if (isnan(points[i].smooth.estimate))
			continue;
		smoothed = true;
		smooth &= holds(points[i].smooth, truth);
	}
	counts->bands += band;
	counts->smoothed += smoothed;
	counts->smooths += smoothed && smooth;
	counts->adjusted += adjusted;
	counts->found_5 += test.p_value < 0.05;
	counts->found_1 += test.p_value < 0.01;
}

/* what equal curves are found to differ in is too much, or with few too little */
static void
report(const Pair *pair)
{
	bool		large = pair->n_a > 10000;
	bool		equal = pair->a == pair->b;
	int64_t		datasets = pair->n_a + pair->n_b > 10000 ?
		coverage_datasets(2000, 60) : coverage_datasets(10000, 400);
	Counts		counts = {0};
	char		name[120];

	for (int64_t i = 0; i < datasets; i++)
		count_one(pair, i, &counts);
#define ROW(what, hits, of, low, high) \
	(snprintf(name, sizeof(name), "%s (%s) less %s (%" PRId64 "): %s", \
			  scenario_names[pair->a], nk_gap_kinds[pair->kind], \
			  scenario_names[pair->b], pair->n_b, what), \
	 coverage_row(name, pair->n_a, of, hits, low, high))
	ROW("interval of one age", counts.intervals, counts.ages, 0.935,
		large ? 0.965 : 1);
	ROW("band at all ages", counts.bands, datasets, 0.935,
		large ? 0.965 : 1);
	ROW("band of the smooth difference", counts.smooths, counts.smoothed,
		0.935, 1);
	if (!equal)
		return;
	ROW("test below .05", counts.found_5, datasets, large ? 0.045 : 0, 0.055);
	ROW("test below .01", counts.found_1, datasets, large ? 0.007 : 0, 0.013);
	ROW("any age below .05, adjusted", counts.adjusted, datasets, 0, 0.05);
}

int
main(int argc, char **argv)
{
	static const Pair pairs[] = {
		{SCENARIO_NATIONAL, SCENARIO_NATIONAL, NK_GAP_IDENTIFIED, 20000, 20000},
		{SCENARIO_NATIONAL, SCENARIO_NATIONAL, NK_GAP_ASSESSED, 20000, 20000},
		{SCENARIO_NATIONAL, SCENARIO_FLAT, NK_GAP_IDENTIFIED, 20000, 20000},
		{SCENARIO_NATIONAL, SCENARIO_NATIONAL, NK_GAP_IDENTIFIED, 160, 20000},
		{SCENARIO_NATIONAL, SCENARIO_NATIONAL, NK_GAP_ASSESSED, 160, 20000},
		{SCENARIO_FLAT, SCENARIO_FLAT, NK_GAP_IDENTIFIED, 160, 20000},
		{SCENARIO_NATIONAL, SCENARIO_NATIONAL, NK_GAP_IDENTIFIED, 160, 160},
		{SCENARIO_NATIONAL, SCENARIO_NATIONAL, NK_GAP_ASSESSED, 160, 160},
		{SCENARIO_FLAT, SCENARIO_FLAT, NK_GAP_IDENTIFIED, 160, 160},
		{SCENARIO_NATIONAL, SCENARIO_FLAT, NK_GAP_IDENTIFIED, 160, 160},
		{SCENARIO_NATIONAL, SCENARIO_NATIONAL, NK_GAP_IDENTIFIED, 90, 90},
		{SCENARIO_FLAT, SCENARIO_FLAT, NK_GAP_IDENTIFIED, 60, 500},
		{SCENARIO_FLAT, SCENARIO_FLAT, NK_GAP_IDENTIFIED, 45, 45},
	};

	coverage_begin(argc, argv);
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		report(&pairs[i]);
	return coverage_end();
}
