/*
 * composition_curve.c - do bands of classes by age hold, and does the interval
 * of a crossing?
 *
 * Classes are those of the illustrative national curves: home, own, both,
 * none.  Own outnumbers home from 15.59 years on, own both from 14.17.
 */
#include "composition_curve.h"
#include "coverage.h"
#include "crossing.h"

#define CLASSES	4

static union
{
	double		align;
	char		bytes[1 << 21];
}			scratch;

static double truth[SCENARIO_AGES][CLASSES];

static void
set_truth(void)
{
	static const double line[CLASSES][2] = {
		{0, 0}, {-2.24103, 0.34}, {-1.62074, 0.22}, {-1.74344, 0}
	};

	for (int age = 0; age < SCENARIO_AGES; age++)
	{
		double		sum = 0;

		for (int k = 0; k < CLASSES; k++)
			sum += truth[age][k] = exp(line[k][0] + line[k][1] * (age - 9));
		for (int k = 0; k < CLASSES; k++)
			truth[age][k] /= sum;
	}
}

/* n children, each of an age and a class; ages without any are left out */
static uint32_t
draw_classes(int64_t dataset, int64_t n, int64_t counts[][CLASSES],
			 double *ages)
{
	int64_t		all[SCENARIO_AGES][CLASSES] = {{0}};
	uint32_t	rows = 0;

	for (int64_t i = 0; i < n; i++)
	{
		double		u = nk_random_uniform(46, (int32_t) dataset, 2 * i);
		double		v = nk_random_uniform(46, (int32_t) dataset, 2 * i + 1);
		int			age = 0;
		int			k = 0;

		while (age < SCENARIO_AGES - 1 && u >= scenario_ages[age])
			u -= scenario_ages[age++];
		while (k < CLASSES - 1 && v >= truth[age][k])
			v -= truth[age][k++];
		all[age][k]++;
	}
	for (int age = 0; age < SCENARIO_AGES; age++)
		if (all[age][0] + all[age][1] + all[age][2] + all[age][3] > 0)
		{
			ages[rows] = age;
			memcpy(counts[rows++], all[age], sizeof(all[age]));
		}
	return rows;
}

static void
try_classes(int64_t n, int64_t full)
{
	int64_t		datasets = coverage_datasets(full, 200);
	int64_t		bands = 0;
	int64_t		smooths[CLASSES] = {0};
	int64_t		fitted[CLASSES] = {0};
	int64_t		crossings[2] = {0};
	int64_t		crossed[2] = {0};
	static const int from[2] = {0, 2};
	static const double crosses[2] = {9 + 2.24103 / 0.34, 9 + 0.62029 / 0.12};
	static const char *const classes[] = {"home", "own", "both", "none"};
	char		what[100];

	for (int64_t i = 0; i < datasets; i++)
	{
		int64_t		counts[SCENARIO_AGES][CLASSES];
		double		ages[SCENARIO_AGES];
		int64_t		totals[SCENARIO_AGES + CLASSES];
		NkCompositionPoint points[SCENARIO_AGES * CLASSES];
		NkTable		table = {&counts[0][0], draw_classes(i, n, counts, ages), CLASSES};
		NkMargins	margins;
		bool		band = true;

		nk_margins(&table, totals, &margins);
		nk_composition_curve(&table, &margins, ages, 0.95, false, &scratch,
							 points);
		for (int k = 0; k < CLASSES; k++)
		{
			bool		smooth = true;

			for (uint32_t row = 0; row < table.rows; row++)
			{
				const NkCompositionPoint *at = &points[row * CLASSES + k];
				double		share = truth[(int) ages[row]][k];

				band &= at->band.lower <= share && share <= at->band.upper;
				smooth &= at->smooth.lower <= share && share <= at->smooth.upper;
			}
			fitted[k] += !isnan(points[k].smooth.estimate);
			smooths[k] += smooth;
		}
		bands += band;
		for (int pair = 0; pair < 2; pair++)
		{
			NkCrossingAge at[SCENARIO_AGES];
			NkCrossing	crossing;

			for (uint32_t row = 0; row < table.rows; row++)
				at[row] = (NkCrossingAge) {
					ages[row], counts[row][from[pair]], counts[row][1]
				};
			if (nk_crossing(at, (int) table.rows, 0.95, &crossing) != NK_OK)
				continue;
			crossed[pair]++;
			crossings[pair] += crossing.age.lower <= crosses[pair] &&
				crosses[pair] <= crossing.age.upper;
		}
	}
	coverage_row("classes: band, all ages and classes", n, datasets, bands,
				 0.935, 1);
	for (int k = 0; k < CLASSES; k++)
	{
		snprintf(what, sizeof(what), "classes: smooth band of %s", classes[k]);
		coverage_row(what, n, fitted[k], smooths[k], 0.935, 1);
	}
	coverage_row("crossing of home and own", n, crossed[0], crossings[0],
				 0.935, 1);
	coverage_row("crossing of both and own", n, crossed[1], crossings[1],
				 0.935, 1);
}

int
main(int argc, char **argv)
{
	coverage_begin(argc, argv);
	set_truth();
	try_classes(20000, 2000);
	try_classes(160, 2000);
	if (!coverage_short)
		try_classes(2000, 2000);
	return coverage_end();
}
