/*
 * lca_share.c - do the intervals of classes among other children hold?
 *
 * A model of three classes is given, and groups in which they are as common as
 * in no model: once alike, once with a small one.  Eight items tell the classes
 * apart clearly or badly.  A row counts all intervals of its kind; a share at 0,
 * which has none, holds nothing.
 */
#include "coverage.h"

#include "lca_share.h"
#include "response_patterns.h"

#define CLASSES	3
#define ITEMS	8
#define CELLS	(1 << ITEMS)

typedef struct World
{
	const char *name;
	double		share[CLASSES];
	double		probability[CLASSES * ITEMS];
} World;

#define CLEAR { \
		.9, .85, .8, .9, .2, .15, .1, .2, \
		.1, .2, .15, .1, .85, .8, .9, .75, \
		.15, .8, .2, .7, .3, .9, .1, .6 \
	}
#define BLURRED { \
		.75, .7, .65, .8, .3, .3, .25, .4, \
		.25, .3, .35, .2, .7, .75, .7, .6, \
		.7, .75, .2, .3, .3, .25, .75, .8 \
	}

static const World worlds[] = {
	{"shares of classes, clear", {.3, .4, .3}, CLEAR},
	{"shares of classes, clear, one of 5 %", {.6, .35, .05}, CLEAR},
	{"shares of classes, blurred", {.3, .4, .3}, BLURRED}
};

typedef union Model
{
	NkLcaModel	model;
	unsigned char bytes[2048];
} Model;

/* the model, whose own shares are others */
static Model
model_of(const World *world)
{
	static const double shares[CLASSES] = {.5, .3, .2};
	Model		any = {.bytes = {0}};

	nk_lca_model_init(&any.model, CLASSES, ITEMS);
	any.model.outcome = NK_LCA_FITTED;
	any.model.n = any.model.patterns = 1;
	any.model.seen = any.model.varying = CELLS - 1;
	memcpy((double *) nk_lca_share(&any.model), shares, sizeof(shares));
	memcpy((double *) nk_lca_probability(&any.model), world->probability,
		   sizeof(world->probability));
	return any;
}

/* n children, counted by pattern: a function of the data set */
static NkTally *
draw_children(const World *world, int64_t dataset, int64_t n)
{
	int64_t		counts[CELLS] = {0};
	NkTally    *tally = patterns_empty(CELLS);

	for (int64_t i = 0; i < n; i++)
	{
		int			present = 0;
		double		u = nk_random_uniform(52, (int32_t) dataset, i * 16);
		int			k = u < world->share[0] ? 0 :
			u < world->share[0] + world->share[1] ? 1 : 2;

		for (int j = 0; j < ITEMS; j++)
			present |= (nk_random_uniform(52, (int32_t) dataset,
										  i * 16 + 1 + j) <
						world->probability[k * ITEMS + j]) << j;
		counts[present]++;
	}
	for (int y = 0; y < CELLS; y++)
		if (counts[y] > 0)
			patterns_put(tally, CELLS - 1, (uint64_t) y, counts[y]);
	return tally;
}

static void
count_intervals(const World *world, int64_t n, int64_t datasets, double low,
				double high)
{
	Model		any = model_of(world);
	void	   *room = patterns_room(nk_lca_shares_size(&any.model));
	int64_t		hits = 0;

	for (int64_t i = 0; i < datasets; i++)
	{
		NkTally    *tally = draw_children(world, i, n);
		void	   *data_room = patterns_room(nk_lca_data_size(tally));
		NkLcaData	data;
		NkLcaShares shares;

		if (nk_lca_data(tally, ITEMS, data_room, &data) != NK_OK)
			abort();
		nk_lca_shares(&any.model, &data, 1.959963984540054, room, &shares);
		for (int k = 0; k < CLASSES; k++)
			hits += shares.classes[k].share.lower <= world->share[k] &&
				world->share[k] <= shares.classes[k].share.upper;
		free(data_room);
		free(tally);
	}
	coverage_row(world->name, n, datasets * CLASSES, hits, low, high);
	free(room);
}

int
main(int argc, char **argv)
{
	int64_t		datasets;

	coverage_begin(argc, argv);
	datasets = coverage_datasets(5000, 300);
	for (size_t w = 0; w < sizeof(worlds) / sizeof(*worlds); w++)
	{
		count_intervals(&worlds[w], 300, datasets, 0.935, 0.965);
		count_intervals(&worlds[w], 2000, datasets, 0.94, 0.96);
	}
	return coverage_end();
}
