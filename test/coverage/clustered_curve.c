/*
 * clustered_curve.c - do intervals and bands of a curve hold where children of
 * one municipality are alike?
 *
 * A municipality decides on support more or less often than others, at all
 * ages alike: its share of decided at an age is the quantile, at a rank that
 * is the municipality's own, of the beta distribution that has the scenario's
 * share as mean and the intra-cluster correlation as its variance over
 * p (1 - p).  Ranks are the middles of a fixed number of equal steps, so that
 * the true gap is a finite sum.  The other facts are as in the scenario, given
 * the decision.
 *
 * Municipalities differ in size as log-normal numbers do, sigma 1.  Each data
 * set is asked twice: as a curve of all children together, which takes them for
 * independent, and over clusters.  The first is expected to fail.
 */
#include "coverage.h"
#include "cluster_curves.h"

#include "change_point.h"
#include "clustered_points.h"
#include "dist.h"
#include "gap_area.h"
#include "gap_trend.h"

#define RANKS		128
#define MOST		134

typedef struct World
{
	Scenario	scenario;
	int			clusters;
	int64_t		children;
	double		alike;			/* intra-cluster correlation of decisions */
	double		sigma;			/* of log sizes */

	int64_t		size[MOST];
	AliasTable	cells[RANKS];	/* of a municipality with this rank */
	double		gap[SCENARIO_AGES];
} World;

/* middles of equal steps of log-normal sizes, to add up to all children */
static void
set_sizes(World *world)
{
	double		sizes[MOST];
	double		sum = 0;
	double		so_far = 0;
	int64_t		counted = 0;

	for (int c = 0; c < world->clusters; c++)
	{
		double		z;

		nk_normal_quantile((c + 0.5) / world->clusters, true, false, &z);
		sum += sizes[c] = exp(world->sigma * z);
	}
	for (int c = 0; c < world->clusters; c++)
	{
		so_far += sizes[c];
		world->size[c] = llround(so_far / sum * (double) world->children) - counted;
		counted += world->size[c];
	}
}

static void
set_cells(World *world)
{
	double		cells[NK_CURVE_AGES][NK_CURVE_CELLS];
	double		decided[SCENARIO_AGES][RANKS];
	double		mean[SCENARIO_AGES] = {0};
	double		rest = 1 / world->alike - 1;

	scenario_cells(world->scenario, cells);
	for (int age = 0; age < SCENARIO_AGES; age++)
	{
		double		p = scenario_share(world->scenario, NK_DECIDED, age);

		for (int rank = 0; rank < RANKS; rank++)
		{
			nk_beta_quantile((rank + 0.5) / RANKS, p * rest, (1 - p) * rest,
							 true, false, &decided[age][rank]);
			mean[age] += decided[age][rank] / RANKS;
		}
	}
	for (int rank = 0; rank < RANKS; rank++)
	{
		double		own[NK_CURVE_AGES][NK_CURVE_CELLS] = {{0}};

		for (int age = 0; age < SCENARIO_AGES; age++)
		{
			double		p = scenario_share(world->scenario, NK_DECIDED, age);

			for (int cell = 0; cell < NK_CURVE_CELLS; cell++)
				own[age][cell] = cells[age][cell] *
					(cell & NK_DECIDED ? decided[age][rank] / p :
					 (1 - decided[age][rank]) / (1 - p));
		}
		alias_table(&own[0][0], &world->cells[rank]);
	}
	for (int age = 0; age < SCENARIO_AGES; age++)
	{
		double		given[2] = {0, 0};	/* sum of cells, those identified */
		double		with[2] = {0, 0};

		for (int cell = 0; cell < NK_CURVE_CELLS; cell++)
		{
			given[(cell & NK_DECIDED) > 0] += cells[age][cell];
			if (cell & NK_IDENTIFIED)
				with[(cell & NK_DECIDED) > 0] += cells[age][cell];
		}
		world->gap[age] = with[0] / given[0] * (1 - mean[age]) +
			with[1] / given[1] * mean[age] - mean[age];
	}
}

/* every municipality of one data set */
static void
draw_clusters(const World *world, int64_t dataset, ClusterBlock *clusters,
			  NkAgeCurve *all)
{
	int64_t		child = 0;

	memset(all, 0, sizeof(*all));
	nk_summary_init(&all->header, &nk_age_curve_kind);
	clusters_start(clusters);
	for (int c = 0; c < world->clusters; c++)
	{
		int			rank = (int) nk_random_below(2, (int32_t) dataset, c, RANKS);
		const AliasTable *table = &world->cells[rank];
		NkAgeCurve	curve = {.n_outside = 0};

		nk_summary_init(&curve.header, &nk_age_curve_kind);
		for (int64_t i = 0; i < world->size[c]; i++)
		{
			double		at = nk_random_uniform(1, (int32_t) dataset, child++) *
				COVERAGE_CELLS;
			int			column = (int) at;
			int			cell = at - column < table->own[column] ?
				column : table->other[column];

			(&curve.cells[0][0])[cell]++;
		}
		clusters_add(clusters, &curve);
		nk_age_curve_kind.merge(&all->header, &curve.header);
	}
}

/* how often it held */
typedef struct Hits
{
	int64_t		ages;			/* that have an interval */
	int64_t		pointwise;
	int64_t		band;
	int64_t		smooth;
	int64_t		mean;			/* the interval of the mean gap */
	int64_t		trend;			/* tests that found nothing */
	int64_t		change;
} Hits;

static bool
holds(const NkInterval *interval, double truth)
{
	return interval->lower <= truth && truth <= interval->upper;
}

static void
count_hits(const World *world, const NkCurvePoint *points, int count,
		   Hits *hits)
{
	bool		band = true;
	bool		smooth = true;

	for (int i = 0; i < count; i++)
	{
		double		truth = world->gap[points[i].age];

		if (isnan(points[i].gap.at_age.lower))
			continue;
		hits->ages++;
		hits->pointwise += holds(&points[i].gap.at_age, truth);
		band &= holds(&points[i].gap.band, truth);
		smooth &= holds(&points[i].smooth, truth);
	}
	hits->band += band;
	hits->smooth += smooth;
}

static void
report(const World *world, const char *how, const char *what, int64_t datasets,
	   int64_t hits, double low, double high)
{
	char		name[120];

	snprintf(name, sizeof(name), "%s, %d clusters, correlation %.2f: %s, %s",
			 scenario_names[world->scenario], world->clusters, world->alike,
			 what, how);
	coverage_row(name, world->children, datasets, hits, low, high);
}

static void
make_world(World *world, Scenario scenario, int clusters, int64_t children,
		   double alike)
{
	memset(world, 0, sizeof(*world));
	world->scenario = scenario;
	world->clusters = clusters;
	world->children = children;
	world->alike = alike;
	world->sigma = 1;
	set_sizes(world);
	set_cells(world);
}

static void
count_mean(const World *world, const NkGaps *gaps, Hits *hits)
{
	NkGapArea	area;
	double		truth = 0;

	nk_gap_area(gaps, NULL, 0.95, &area);
	for (int i = 0; i < gaps->count; i++)
		truth += world->gap[gaps->at[i].age] / gaps->count;
	hits->mean += holds(&area.mean, truth);
}

/* intervals and bands of a curve that bends */
static void
run_curve(int clusters, int64_t children, double alike, int64_t datasets)
{
	static World world;
	static ClusterBlock block;
	static double scratch[1 << 20];
	Hits		naive = {0};
	Hits		over = {0};

	make_world(&world, SCENARIO_NATIONAL, clusters, children, alike);
	if (sizeof(scratch) < nk_clustered_curve_scratch())
		abort();
	for (int64_t i = 0; i < datasets; i++)
	{
		NkAgeCurve	all;
		NkGaps		gaps;
		NkCurvePoint points[NK_CURVE_AGES];
		int			count;

		draw_clusters(&world, i, &block, &all);
		nk_curve(&all, 0.95, NK_GAP_IDENTIFIED, points, &count);
		nk_curve_smooth(&all, 0.95, NK_GAP_IDENTIFIED, NK_GAP_SPLINE, scratch,
						points, count);
		count_hits(&world, points, count, &naive);
		nk_gaps(&all, NK_GAP_IDENTIFIED, &gaps);
		count_mean(&world, &gaps, &naive);

		nk_clustered_curve(clusters_canonical(&block), 0.95, NK_GAP_IDENTIFIED,
						   NK_GAP_SPLINE, scratch, points, &count);
		count_hits(&world, points, count, &over);
		nk_clustered_gaps(clusters_canonical(&block), NK_GAP_IDENTIFIED, &gaps);
		count_mean(&world, &gaps, &over);
	}
	report(&world, "children independent", "one age", naive.ages,
		   naive.pointwise, 0, 0.93);
	report(&world, "children independent", "band", datasets, naive.band, 0, 0.9);
	report(&world, "children independent", "smooth band", datasets,
		   naive.smooth, 0, 0.9);
	report(&world, "children independent", "mean gap", datasets, naive.mean,
		   0, 0.9);
	report(&world, "over clusters", "one age", over.ages, over.pointwise,
		   0.935, 0.965);
	report(&world, "over clusters", "band", datasets, over.band, 0.935, 0.965);
	report(&world, "over clusters", "smooth band", datasets, over.smooth,
		   0.935, 0.97);
	report(&world, "over clusters", "mean gap", datasets, over.mean, 0.935,
		   0.965);
}

/* tests at 5 % where there is nothing to find */
static void
run_tests(int clusters, int64_t children, double alike, int64_t datasets)
{
	static World worlds[2];
	static ClusterBlock block;
	static double scratch[1 << 20];
	Hits		naive = {0};
	Hits		over = {0};

	make_world(&worlds[0], SCENARIO_FLAT, clusters, children, alike);
	make_world(&worlds[1], SCENARIO_LINE, clusters, children, alike);
	if (sizeof(scratch) < nk_change_point_scratch(NK_CURVE_AGES))
		abort();
	for (int64_t i = 0; i < datasets; i++)
		for (int line = 0; line < 2; line++)
		{
			NkAgeCurve	all;

			draw_clusters(&worlds[line], i, &block, &all);
			for (int how = 0; how < 2; how++)
			{
				Hits	   *hits = how == 0 ? &naive : &over;
				NkGaps		gaps;
				NkTrend		trend;
				NkChangePoint change;

				if (how == 0)
					nk_gaps(&all, NK_GAP_IDENTIFIED, &gaps);
				else
					nk_clustered_gaps(clusters_canonical(&block),
									  NK_GAP_IDENTIFIED, &gaps);
				if (line == 0)
				{
					nk_gap_trend(&gaps, &trend);
					hits->trend += trend.trend.p_value >= 0.05;
				}
				else
					hits->change += nk_gap_change_point(&gaps, 0.95, scratch,
														&change) == NK_NO_CHANGE;
			}
		}
	report(&worlds[0], "children independent", "no trend found", datasets,
		   naive.trend, 0, 1);
	report(&worlds[1], "children independent", "no change point found",
		   datasets, naive.change, 0, 1);
	report(&worlds[0], "over clusters", "no trend found", datasets, over.trend,
		   0.935, 0.97);
	report(&worlds[1], "over clusters", "no change point found", datasets,
		   over.change, 0.92, 0.98);
}

int
main(int argc, char **argv)
{
	int64_t		datasets;

	coverage_begin(argc, argv);
	datasets = coverage_datasets(2000, 100);
	run_curve(134, 20000, 0.02, datasets);
	run_curve(134, 20000, 0.05, datasets);
	run_curve(20, 3000, 0.05, datasets);
	datasets = coverage_datasets(1000, 40);
	run_tests(134, 20000, 0.05, datasets);
	run_tests(20, 3000, 0.05, datasets);
	return coverage_end();
}
