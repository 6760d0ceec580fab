/*
 * three_step.c - do the intervals of outcomes by latent class hold, and how far
 * off are shares by the class that children were taken for?
 *
 * Where the errors of assignment are known, intervals of maximum likelihood
 * and of BCH should hold in 95 % of the data sets.  In practice they come from
 * a model that was fitted to the same children; what that adds to the error is
 * left out, which shows where classes are hard to tell apart.
 */
#include "latent_worlds.h"

#include "three_step.h"

static double memory[1 << 16];

/* counts of one data set, and what is known of its classes */
typedef struct Drawn
{
	int64_t		counts[WORLD_CLASSES * WORLD_OUTCOMES];
	double		patterns[WORLD_PATTERNS];
	int64_t		by_pattern[WORLD_PATTERNS][WORLD_OUTCOMES];
} Drawn;

static void
draw(const LatentWorld *world, int64_t dataset, int64_t n, Drawn *drawn)
{
	memset(drawn, 0, sizeof(*drawn));
	for (int32_t i = 0; i < n; i++)
	{
		LatentChild child = world_child(world, 5000 + dataset, i);

		drawn->patterns[child.present]++;
		drawn->by_pattern[child.present][child.outcome]++;
	}
}

static void
take(const LatentWorld *world, const LatentKnowledge *known, Drawn *drawn,
	 NkOutcomeTable *table)
{
	memset(drawn->counts, 0, sizeof(drawn->counts));
	for (int y = 0; y < WORLD_PATTERNS; y++)
		for (int z = 0; z < WORLD_OUTCOMES; z++)
			drawn->counts[known->modal[y] * WORLD_OUTCOMES + z] +=
				drawn->by_pattern[y][z];
	*table = (NkOutcomeTable) {
		.classes = world->classes, .outcomes = WORLD_OUTCOMES,
		.rows = world->classes, .counts = drawn->counts
	};
	for (int t = 0; t < world->classes; t++)
		table->class_of[t] = t;
}

/* Wilson's interval of the share of those taken for a class */
static bool
modal_holds(const NkOutcomeTable *table, int class, int outcome, double truth)
{
	int64_t		n = 0;
	double		p;
	double		centre;
	double		reach;

	for (int z = 0; z < table->outcomes; z++)
		n += nk_outcome_count(table, class, z);
	if (n == 0)
		return false;
	p = (double) nk_outcome_count(table, class, outcome) / (double) n;
	centre = (p + 1.92 / (double) n) / (1 + 3.84 / (double) n);
	reach = 1.96 * sqrt(p * (1 - p) / (double) n + 0.96 / ((double) n * (double) n)) /
		(1 + 3.84 / (double) n);
	return fabs(centre - truth) <= reach;
}

typedef struct Tally
{
	int64_t		asked;
	int64_t		given;
	int64_t		hits;
} Tally;

static void
ask(const LatentWorld *world, const NkOutcomeTable *table, const double *d,
	NkThreeStepMethod method, Tally *shares, Tally *pairs)
{
	NkThreeStep result;

	if (nk_three_step_memory(table) > sizeof(memory))
		abort();
	nk_three_step(table, d, method, memory, &result);
	for (int t = 0; t < world->classes; t++)
		for (int z = 0; z < WORLD_OUTCOMES; z++)
		{
			double		truth = world->outcome[t][z];
			NkOutcomeShare share;

			nk_three_step_share(&result, t, z, 0.95, &share);
			shares->asked++;
			if (isnan(share.share.lower))
				continue;
			shares->given++;
			shares->hits += share.share.lower <= truth && truth <= share.share.upper;
		}
	for (int t = 1; t < world->classes; t++)
	{
		double		truth = world->outcome[0][0] - world->outcome[t][0];
		NkOutcomeDifference pair;

		nk_three_step_difference(&result, 0, t, 0, 0.95, &pair);
		pairs->asked++;
		if (isnan(pair.difference.lower))
			continue;
		pairs->given++;
		pairs->hits += pair.difference.lower <= truth && truth <= pair.difference.upper;
	}
}

static void
report(const LatentWorld *world, const char *what, int64_t n,
	   const Tally *tally, double low)
{
	char		name[120];

	snprintf(name, sizeof(name), "%s: %s", world->name, what);
	coverage_row(name, n, tally->given, tally->hits, low, 0.97);
}

/* intervals with errors known and learned, and those of modal shares */
static void
try_intervals(const LatentWorld *world, int64_t n, int64_t sets, double least,
			  double least_learned)
{
	LatentKnowledge truth;
	Tally		known[2][2] = {{{0}}};
	Tally		learned[2] = {{0}};
	Tally		modal = {0};
	char		name[120];

	world_know(world, &truth);
	for (int64_t i = 0; i < sets; i++)
	{
		LatentKnowledge model;
		NkOutcomeTable table;
		Drawn		drawn;

		draw(world, i, n, &drawn);
		take(world, &truth, &drawn, &table);
		for (int m = 0; m < 2; m++)
			ask(world, &table, truth.d, (NkThreeStepMethod) m, &known[m][0],
				&known[m][1]);
		for (int t = 0; t < world->classes; t++)
			for (int z = 0; z < WORLD_OUTCOMES; z++)
			{
				modal.asked++;
				modal.given++;
				modal.hits += modal_holds(&table, t, z, world->outcome[t][z]);
			}
		if (world_learn(world, drawn.patterns, &model) != NK_OK)
			continue;
		take(world, &model, &drawn, &table);
		ask(world, &table, model.d, NK_THREE_STEP_ML, &learned[0],
			&learned[1]);
	}
	snprintf(name, sizeof(name), "%s (entropy %.2f): modal shares (biased)",
			 world->name, truth.entropy);
	coverage_row(name, n, modal.given, modal.hits, 0, 1);
	report(world, "ml, errors known", n, &known[0][0], least);
	report(world, "bch, errors known", n, &known[1][0], least);
	report(world, "differences, errors known", n, &known[0][1], least);
	report(world, "ml, model fitted", n, &learned[0], least_learned);
	report(world, "differences, model fitted", n, &learned[1], least_learned);
	snprintf(name, sizeof(name), "%s: an interval is given", world->name);
	coverage_row(name, n, known[0][0].asked, known[0][0].given, 0, 1);
}

/* p where all classes have the same shares */
static void
try_level(const LatentWorld *world, int64_t n, int64_t sets)
{
	LatentKnowledge truth;
	int64_t		below = 0;
	int64_t		made = 0;
	char		name[120];

	world_know(world, &truth);
	for (int64_t i = 0; i < sets; i++)
	{
		NkOutcomeTable table;
		NkThreeStep result;
		NkTestResult test;
		double		scratch[100];
		Drawn		drawn;

		draw(world, 100000 + i, n, &drawn);
		take(world, &truth, &drawn, &table);
		nk_three_step(&table, truth.d, NK_THREE_STEP_ML, memory, &result);
		nk_three_step_test(&result, scratch, &test);
		if (isnan(test.p_value))
			continue;
		made++;
		below += test.p_value < 0.05;
	}
	snprintf(name, sizeof(name), "%s: Wald's test, p below 0.05", world->name);
	coverage_row(name, n, made, below, 0.03, 0.07);
}

/*
 * Children of 60 municipalities whose outcomes differ between these: a share of
 * the municipality's own is mixed into that of each class
 */
static void
try_clusters(const LatentWorld *world, int64_t sets)
{
	static NkProduct products[WORLD_CLASSES * WORLD_OUTCOMES *
							  (WORLD_CLASSES * WORLD_OUTCOMES + 1) / 2];
	const int	clusters = 60;
	const int	children = 80;
	int			cells = world->classes * WORLD_OUTCOMES;
	LatentKnowledge truth;
	Tally		shares = {0};
	Tally		pairs = {0};

	world_know(world, &truth);
	for (int64_t i = 0; i < sets; i++)
	{
		NkOutcomeTable table;
		Drawn		drawn;

		memset(&drawn, 0, sizeof(drawn));
		memset(products, 0, sizeof(products));
		for (int g = 0; g < clusters; g++)
		{
			LatentWorld here = *world;
			int64_t		counts[WORLD_CLASSES * WORLD_OUTCOMES] = {0};
			double		shift = 0.5 * (nk_random_uniform(77 + i, 1000000, g) - 0.5);

			for (int t = 0; t < world->classes; t++)
			{
				double		moved = fmin(here.outcome[t][0], here.outcome[t][1]) * shift;

				here.outcome[t][0] += moved;
				here.outcome[t][1] -= moved;
			}
			for (int c = 0; c < children; c++)
			{
				LatentChild child = world_child(&here, 777000 + i, g * children + c);

				counts[truth.modal[child.present] * WORLD_OUTCOMES + child.outcome]++;
			}
			for (int a = 0; a < cells; a++)
			{
				drawn.counts[a] += counts[a];
				for (int b = 0; b <= a; b++)
					products[nk_products(a) + b] += counts[a] * counts[b];
			}
		}
		table = (NkOutcomeTable) {
			.classes = world->classes, .outcomes = WORLD_OUTCOMES,
			.rows = world->classes, .counts = drawn.counts,
			.is_clustered = true,
			.clusters = {clusters, (uint32_t) world->classes, WORLD_OUTCOMES,
				drawn.counts, products}
		};
		for (int t = 0; t < world->classes; t++)
			table.class_of[t] = t;
		ask(world, &table, truth.d, NK_THREE_STEP_ML, &shares, &pairs);
	}
	report(world, "60 clusters", (int64_t) clusters * children, &shares, 0.93);
	report(world, "60 clusters, differences", (int64_t) clusters * children, &pairs, 0.93);
}

int
main(int argc, char **argv)
{
	const LatentWorld good = {
		"3 classes, well apart", 3, 0.14, 0.86, {0.5, 0.3, 0.2},
		{{0.2, 0.5, 0.3}, {0.5, 0.3, 0.2}, {0.75, 0.1, 0.15}}
	};
	const LatentWorld poor = {
		"3 classes, hard to tell apart", 3, 0.24, 0.76, {0.5, 0.3, 0.2},
		{{0.2, 0.5, 0.3}, {0.5, 0.3, 0.2}, {0.75, 0.1, 0.15}}
	};
	const LatentWorld four = {
		"4 classes", 4, 0.15, 0.85, {0.4, 0.25, 0.2, 0.15},
		{{0.2, 0.5, 0.3}, {0.5, 0.3, 0.2}, {0.7, 0.15, 0.15}, {0.3, 0.3, 0.4}}
	};
	const LatentWorld same = {
		"3 classes, no difference", 3, 0.2, 0.8, {0.5, 0.3, 0.2},
		{{0.3, 0.5, 0.2}, {0.3, 0.5, 0.2}, {0.3, 0.5, 0.2}}
	};

	coverage_begin(argc, argv);
	try_intervals(&good, 1000, coverage_datasets(2000, 100), 0.935, 0.93);
	try_intervals(&good, 10000, coverage_datasets(500, 20), 0.935, 0.93);
	try_intervals(&poor, 1000, coverage_datasets(2000, 100), 0.93, 0.89);
	try_intervals(&poor, 10000, coverage_datasets(500, 20), 0.935, 0.89);
	try_intervals(&four, 2000, coverage_datasets(1000, 50), 0.935, 0.93);
	try_level(&same, 1000, coverage_datasets(4000, 200));
	try_clusters(&good, coverage_datasets(1000, 60));
	return coverage_end();
}
