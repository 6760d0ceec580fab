/*
 * curve.c - do the intervals and bands of a curve hold, and its mean gap?
 *
 * A band holds where the whole true curve is within it; an interval of one age
 * is asked at every age, so that its rows count ages and not data sets.
 */
#include "coverage.h"

#include "curve_point.h"
#include "gap_area.h"

static union
{
	double		align;
	char		bytes[1 << 20];
}			scratch;

/* how often each of them held */
typedef struct Hits
{
	int64_t		ages;			/* that were asked */
	int64_t		at_age;
	int64_t		shares;
	int64_t		band;
	int64_t		smoothed;		/* data sets with a smooth curve */
	int64_t		smooth;
	int64_t		falling;
	double		band_width;		/* sums over ages */
	double		smooth_width;
	int64_t		area;
	int64_t		below;			/* the truth is below the interval */
	int64_t		above;
} Hits;

static bool
holds(const NkInterval *interval, double truth)
{
	return interval->lower <= truth && truth <= interval->upper;
}

static void
ask_curve(Scenario scenario, NkGapKind kind, const NkAgeCurve *curve,
		  Hits *hits)
{
	NkCurvePoint points[NK_CURVE_AGES];
	NkInterval	spline[NK_CURVE_AGES];
	bool		band = true;
	bool		smooth = true;
	bool		falling = true;
	int			count;

	nk_curve(curve, 0.95, kind, points, &count);
	nk_curve_smooth(curve, 0.95, kind, NK_GAP_SPLINE, &scratch, points, count);
	for (int i = 0; i < count; i++)
		spline[i] = points[i].smooth;
	nk_curve_smooth(curve, 0.95, kind, NK_GAP_FALLING, NULL, points, count);
	for (int i = 0; i < count; i++)
	{
		double		truth = scenario_gap(scenario, kind, points[i].age);
		double		share = scenario_share(scenario, NK_IDENTIFIED,
										   points[i].age);

		if (points[i].n == 0)
			continue;
		hits->ages++;
		hits->at_age += holds(&points[i].gap.at_age, truth);
		hits->shares += holds(&points[i].identified, share);
		band &= holds(&points[i].gap.band, truth);
		smooth &= holds(&spline[i], truth);
		falling &= holds(&points[i].smooth, truth);
		if (!isfinite(spline[i].upper))
			continue;
		hits->band_width += points[i].gap.band.upper - points[i].gap.band.lower;
		hits->smooth_width += spline[i].upper - spline[i].lower;
	}
	hits->band += band;
	hits->smoothed += isfinite(spline[0].estimate);
	hits->smooth += smooth;
	hits->falling += falling;
}

static void
ask_area(Scenario scenario, NkGapKind kind, const NkAgeCurve *curve,
		 Hits *hits)
{
	double		truth = 0;
	NkGaps		gaps;
	NkGapArea	area;

	nk_gaps(curve, kind, &gaps);
	for (int i = 0; i < gaps.count; i++)
		truth += scenario_gap(scenario, kind, gaps.at[i].age) / gaps.count;
	nk_gap_area(&gaps, NULL, 0.95, &area);
	hits->area += holds(&area.mean, truth);
	hits->below += truth < area.mean.lower;
	hits->above += truth > area.mean.upper;
}

/*
 * From low to high of the data sets; of few children the limit above is open.
 */
static void
ask(Scenario scenario, NkGapKind kind, int64_t n, int64_t datasets)
{
	double		high = n < 1000 ? 1 : 0.965;
	Hits		hits = {0};
	char		name[100];

	for (int64_t i = 0; i < datasets; i++)
	{
		NkAgeCurve	curve;

		draw_curve(scenario, 4, i, n, &curve);
		ask_curve(scenario, kind, &curve, &hits);
		ask_area(scenario, kind, &curve, &hits);
	}

#define ROW(what, asked, held) \
	(snprintf(name, sizeof(name), "%s, %s: " what, scenario_names[scenario], \
			  nk_gap_kinds[kind]), \
	 coverage_row(name, n, asked, held, 0.935, high))

	ROW("gap of one age", hits.ages, hits.at_age);
	if (kind == NK_GAP_IDENTIFIED)
		ROW("share identified of one age", hits.ages, hits.shares);
	ROW("gap of all ages", datasets, hits.band);
	ROW("smooth gap of all ages", hits.smoothed, hits.smooth);
	if (scenario == SCENARIO_LINE || scenario == SCENARIO_FLAT)
		coverage_row("and falling: of all ages", n, datasets, hits.falling,
					 0.935, 1);
	ROW("mean gap", datasets, hits.area);
	if (coverage_short)
		return;
	printf("| and misses: truth below, above | %" PRId64 " | | %.2f, %.2f | | |\n",
		   n, 100 * (double) hits.below / (double) datasets,
		   100 * (double) hits.above / (double) datasets);
	printf("| width of the smooth band over that of the raw one | %" PRId64
		   " | | %.2f | | |\n", n, hits.smooth_width / hits.band_width);
}

int
main(int argc, char **argv)
{
	static const Scenario scenarios[] = {
		SCENARIO_NATIONAL, SCENARIO_FLAT, SCENARIO_LINE
	};

	coverage_begin(argc, argv);
	for (int i = 0; i < 3; i++)
		for (NkGapKind kind = NK_GAP_IDENTIFIED; kind <= NK_GAP_ASSESSED; kind++)
		{
			ask(scenarios[i], kind, 20000, coverage_datasets(4000, 100));
			ask(scenarios[i], kind, 160, coverage_datasets(4000, 300));
		}
	return coverage_end();
}
