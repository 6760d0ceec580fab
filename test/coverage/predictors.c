/*
 * predictors.c - do intervals of predictors of latent classes hold, and how
 * far off is a regression of the class that children were taken for?
 *
 * One covariate of two values, which moves the shares of the classes.  As for
 * three_step.c, errors of assignment are those of the world, or of a model that
 * was fitted to the same children.
 */
#include "latent_worlds.h"

#include "predictors.h"

#define COEFFICIENTS (2 * (WORLD_CLASSES - 1))

static double memory[1 << 14];

/* one row a value of the covariate and class */
typedef struct Rows
{
	double		x[2 * WORLD_CLASSES];
	int64_t		n[2 * WORLD_CLASSES];
	int32_t		taken_for[2 * WORLD_CLASSES];
	NkMembers	members;
} Rows;

static void
take(const LatentWorld *world, const LatentKnowledge *known,
	 int64_t by_pattern[2][WORLD_PATTERNS], Rows *rows)
{
	size_t		count = 0;

	rows->members = (NkMembers) {
		.design = {.covariates = 1, .x = rows->x, .n = rows->n},
		.taken_for = rows->taken_for
	};
	for (int x = 0; x < 2; x++)
	{
		int64_t		taken[WORLD_CLASSES] = {0};

		for (int y = 0; y < WORLD_PATTERNS; y++)
			taken[known->modal[y]] += by_pattern[x][y];
		for (int s = 0; s < world->classes; s++)
		{
			if (taken[s] == 0)
				continue;
			rows->x[count] = x;
			rows->n[count] = taken[s];
			rows->taken_for[count++] = s;
			rows->members.n += taken[s];
		}
	}
	rows->members.design.rows = count;
}

typedef struct Tally
{
	int64_t		given;
	int64_t		hits;
	int64_t		tests;
	int64_t		below;
} Tally;

/* the log odds of each class against the first, without and with x */
static void
ask(const LatentWorld *world, double shares[2][WORLD_CLASSES],
	const Rows *rows, const double *d, Tally *tally)
{
	NkPredictors fit;
	NkTestResult test;
	double		scratch[200];

	if (nk_predictors_memory(&rows->members, world->classes) > sizeof(memory))
		abort();
	nk_predictors_fit(&rows->members, d, world->classes, 0, memory, &fit);
	for (int t = 1; t < world->classes; t++)
	{
		double		truth = log(shares[1][t] / shares[1][0]) -
			log(shares[0][t] / shares[0][0]);
		NkPredictor got;

		nk_predictor(&fit, t, 1, 0.95, &got);
		if (isnan(got.std_error))
			continue;
		tally->given++;
		tally->hits += log(got.odds_ratio.lower) <= truth &&
			truth <= log(got.odds_ratio.upper);
	}
	nk_predictors_test(&fit, 1, scratch, &test);
	if (isnan(test.p_value))
		return;
	tally->tests++;
	tally->below += test.p_value < 0.05;
}

static void
try_world(const LatentWorld *world, double shares[2][WORLD_CLASSES],
		  bool is_null, int64_t n, int64_t sets, double least_learned)
{
	LatentKnowledge truth;
	double		same[WORLD_CLASSES * WORLD_CLASSES];
	Tally		tallies[3] = {{0}};
	static const char *const what[] = {
		"errors known", "model fitted", "class taken for, as if known (biased)"
	};
	char		name[120];

	world_know(world, &truth);
	for (int i = 0; i < world->classes * world->classes; i++)
		same[i] = i % (world->classes + 1) == 0;
	for (int64_t i = 0; i < sets; i++)
	{
		int64_t		by_pattern[2][WORLD_PATTERNS] = {{0}};
		double		patterns[WORLD_PATTERNS] = {0};
		LatentKnowledge model;
		Rows		rows;

		for (int32_t c = 0; c < n; c++)
		{
			int			x = nk_random_uniform(9000 + i, c, 1) < 0.4;
			int			class = world_choose(shares[x], world->classes,
											 nk_random_uniform(9000 + i, c, 0));
			uint64_t	present = world_items(world, 9000 + i, c, class);

			by_pattern[x][present]++;
			patterns[present]++;
		}
		take(world, &truth, by_pattern, &rows);
		ask(world, shares, &rows, truth.d, &tallies[0]);
		ask(world, shares, &rows, same, &tallies[2]);
		if (world_learn(world, patterns, &model) != NK_OK)
			continue;
		take(world, &model, by_pattern, &rows);
		ask(world, shares, &rows, model.d, &tallies[1]);
	}
	for (int i = 0; i < 3; i++)
	{
		double		low = i == 0 ? 0.935 : i == 1 ? least_learned : 0;

		snprintf(name, sizeof(name), "%s (entropy %.2f): coefficients, %s",
				 world->name, truth.entropy, what[i]);
		coverage_row(name, n, tallies[i].given, tallies[i].hits, low,
					 i == 2 ? 1 : 0.97);
		if (!is_null || i == 2)
			continue;
		snprintf(name, sizeof(name), "%s: Wald's test, %s, p below 0.05",
				 world->name, what[i]);
		coverage_row(name, n, tallies[i].tests, tallies[i].below, 0.03, 0.07);
	}
}

int
main(int argc, char **argv)
{
	/* shares without and with x, and those of all children */
	double		moved[2][WORLD_CLASSES] = {{0.6, 0.25, 0.15}, {0.35, 0.375, 0.275}};
	double		still[2][WORLD_CLASSES] = {{0.5, 0.3, 0.2}, {0.5, 0.3, 0.2}};
	const LatentWorld good = {
		"3 classes, well apart", 3, 0.14, 0.86, {0.5, 0.3, 0.2}, {{0}}
	};
	const LatentWorld poor = {
		"3 classes, hard to tell apart", 3, 0.24, 0.76, {0.5, 0.3, 0.2}, {{0}}
	};
	const LatentWorld null = {
		"3 classes, x without effect", 3, 0.2, 0.8, {0.5, 0.3, 0.2}, {{0}}
	};

	coverage_begin(argc, argv);
	try_world(&good, moved, false, 2000, coverage_datasets(1500, 80), 0.93);
	try_world(&poor, moved, false, 2000, coverage_datasets(1500, 80), 0.92);
	try_world(&null, still, true, 1000, coverage_datasets(3000, 150), 0.93);
	return coverage_end();
}
