/*
 * lca_bootstrap.c - is one class more found as rarely as it should be?
 *
 * Data sets are drawn from a model of one class fewer.  With 19 replicates p
 * is 1/20 where the data have the largest statistic of twenty: in 5 % of the
 * data sets, if the model that replicates are drawn from were the true one,
 * and p is at most half in half of them.  It is estimated, so that these are
 * limits for many children; here are few.  Where the classes are real, the
 * test should say so.
 */
#include "coverage.h"
#include "lca_bootstrap.h"

#define REPLICATES	19
#define ROOM		(1 << 20)

static const NkLcaSettings settings = {
	.starts = 6, .finish = 2, .seed = 1, .tolerance = 1e-8,
	.max_iterations = 2000
};

/* the rooms of everything, reused: data sets are small */
static double model_room[ROOM / 8];
static double truth_room[ROOM / 8];
static double draw_room[ROOM / 8];
static double room[ROOM / 8];

static NkLcaSimulated
try_data(const NkLcaData *data, int classes, int64_t seed)
{
	NkLcaBootstrap test;

	nk_lca_bootstrap_begin(data, classes, &settings, model_room, room, &test);
	if (!isfinite(test.statistic))
		abort();
	for (int i = 0; i < REPLICATES; i++)
	{
		NkLcaData	drawn;

		nk_lca_draw(data, &test.fewer, seed, i, draw_room, &drawn);
		nk_lca_bootstrap_add(&test, &drawn, nk_lca_draw_seed(seed, i), room);
	}
	return nk_lca_simulated(test.hits, test.replicates);
}

/* children of a model, of whom some were not asked everything */
static void
try_model(const char *name, NkLcaParameters *model, int classes, int64_t n,
		  bool missing, int64_t sets, double low, double high)
{
	uint64_t	all = (UINT64_C(1) << model->items) - 1;
	uint64_t	observed[] = {all >> 1, all};
	uint64_t	present[] = {0, 0};
	double		weight[] = {missing ? (double) n / 4 : 0, 0};
	NkLcaData	shape = {
		.items = model->items, .patterns = missing ? 2 : 1,
		.observed = observed + !missing, .present = present,
		.weight = weight + !missing
	};
	int64_t		small = 0;
	int64_t		half = 0;
	char		what[100];

	weight[1] = (double) n - weight[0];
	nk_lca_describe(&shape);
	for (int64_t i = 0; i < sets; i++)
	{
		NkLcaData	data;
		NkLcaSimulated simulated;

		nk_lca_draw(&shape, model, 17, (int32_t) i, truth_room, &data);
		simulated = try_data(&data, classes, 1000 + i);
		small += simulated.p_value < 0.051;
		half += simulated.p_value < 0.501;
	}
	snprintf(what, sizeof(what), "%s: p at most .05", name);
	coverage_row(what, n, sets, small, low, high);
	if (low < 0.5)
	{
		snprintf(what, sizeof(what), "%s: p at most .5", name);
		coverage_row(what, n, sets, half, 0.45, 0.55);
	}
}

int
main(int argc, char **argv)
{
	double		one[] = {1, .3, .5, .7, .2};
	double		two[] = {.6, .4, .9, .8, .85, .7, .1, .2, .15, .3};
	double		three[] = {
		.4, .35, .25, .9, .9, .9, .8, .1, .9, .9, .1, .1, .1, .1, .1, .2, .9,
		.9
	};
	NkLcaParameters single = {1, 4, one, one + 1};
	NkLcaParameters pair = {2, 4, two, two + 2};
	NkLcaParameters triple = {3, 5, three, three + 3};

	coverage_begin(argc, argv);
	try_model("one class, two asked for", &single, 2, 60, false,
			  coverage_datasets(2000, 200), 0.04, 0.06);
	try_model("one class, a quarter not asked all", &single, 2, 100, true,
			  coverage_datasets(2000, 200), 0.04, 0.06);
	try_model("two classes, three asked for", &pair, 3, 150, false,
			  coverage_datasets(1000, 100), 0.035, 0.06);
	try_model("three classes, three asked for", &triple, 3, 300, false,
			  coverage_datasets(500, 50), 0.9, 1);
	return coverage_end();
}
