/*
 * latent_classes.c - do the intervals of latent classes hold?
 *
 * Worlds with known classes: "clear", three classes that eight items tell
 * apart, "blurred", where they do so badly, and "clear, missing", where one
 * item in four was not observed.  Every data set is fitted from the truth, which
 * is where enough random starts end, and classes are matched to the true ones by
 * their probabilities.  A row counts all intervals of its kind; those at 0 and
 * 1, which have none, are counted apart.  Shares of the classes in another group are lca_share's.
 */
#include "coverage.h"

#include "lca_class.h"
#include "response_patterns.h"

#define CLASSES	3
#define ITEMS	8
#define Z		1.959963984540054

typedef struct World
{
	const char *name;
	double		missing;
	double		share[CLASSES];
	double		probability[CLASSES][ITEMS];
} World;

static const World worlds[] = {
	{"clear", 0, {.5, .3, .2}, {
			{.9, .85, .8, .9, .2, .15, .1, .2},
			{.1, .2, .15, .1, .85, .8, .9, .75},
			{.15, .8, .2, .7, .3, .9, .1, .6}
		}
	},
	{"clear, missing", .25, {.5, .3, .2}, {
			{.9, .85, .8, .9, .2, .15, .1, .2},
			{.1, .2, .15, .1, .85, .8, .9, .75},
			{.15, .8, .2, .7, .3, .9, .1, .6}
		}
	},
	{"blurred", 0, {.5, .3, .2}, {
			{.75, .7, .65, .8, .3, .3, .25, .4},
			{.25, .3, .35, .2, .7, .75, .7, .6},
			{.7, .75, .2, .3, .3, .25, .75, .8}
		}
	}
};

/* n children of a world, counted by pattern: a function of the data set */
static NkTally *
draw_children(const World *world, int64_t dataset, int64_t n)
{
	NkTally    *all = patterns_empty((size_t) n);
	NkTally    *distinct = patterns_empty((size_t) n);

	for (int64_t i = 0; i < n; i++)
	{
		uint64_t	observed = 0;
		uint64_t	present = 0;
		double		u = nk_random_uniform(51, (int32_t) dataset, i * 32);
		int			k = u < world->share[0] ? 0 :
			u < world->share[0] + world->share[1] ? 1 : 2;

		for (int j = 0; j < ITEMS; j++)
		{
			if (nk_random_uniform(51, (int32_t) dataset, i * 32 + 1 + j) <
				world->probability[k][j])
				present |= UINT64_C(1) << j;
			if (nk_random_uniform(51, (int32_t) dataset, i * 32 + 16 + j) >=
				world->missing)
				observed |= UINT64_C(1) << j;
		}
		patterns_put(all, observed, present & observed, 1);
	}
	nk_sort_entries(all->words, all->header.rows, 3, 2);
	for (size_t i = 0; i < all->header.rows; i++)
	{
		const uint64_t *entry = all->words + 3 * i;

		if (i > 0 && entry[0] == entry[-3] && entry[1] == entry[-2])
			distinct->words[3 * distinct->header.rows - 1]++;
		else
			patterns_put(distinct, entry[0], entry[1], 1);
	}
	free(all);
	return distinct;
}

/* which class of the fit is which of the world */
static void
match(const World *world, const NkLcaParameters *fit, int place[CLASSES])
{
	static const int orders[6][CLASSES] = {
		{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}
	};
	double		least = INFINITY;

	for (int order = 0; order < 6; order++)
	{
		double		distance = 0;

		for (int k = 0; k < CLASSES; k++)
			for (int j = 0; j < ITEMS; j++)
			{
				double		off = world->probability[k][j] -
					fit->probability[orders[order][k] * ITEMS + j];

				distance += off * off;
			}
		if (distance < least)
		{
			least = distance;
			memcpy(place, orders[order], sizeof(orders[order]));
		}
	}
}

/* how many intervals hold the truth, of how many, and how many there are not */
typedef struct Counts
{
	int64_t		held;
	int64_t		all;
	int64_t		none;
} Counts;

static void
count(Counts *counts, double estimate, double error, double truth)
{
	NkInterval	bounds = nk_share_interval(estimate, error, Z);

	if (isnan(bounds.lower))
	{
		counts->none++;
		return;
	}
	counts->all++;
	counts->held += bounds.lower <= truth && truth <= bounds.upper;
}

static void
try_world(const World *world, int64_t n, int64_t datasets, double low,
		  double high)
{
	NkLcaSettings settings = {
		.starts = 1, .finish = 1, .tolerance = 1e-9, .max_iterations = 20000
	};
	NkLcaParameters fit = patterns_parameters(CLASSES, ITEMS);
	NkLcaParameters error = patterns_parameters(CLASSES, ITEMS);
	void	   *errors_room = patterns_room(nk_lca_errors_size(CLASSES, ITEMS));
	Counts		shares = {0};
	Counts		probabilities = {0};
	int64_t		without = 0;
	char		name[100];

	for (int64_t i = 0; i < datasets; i++)
	{
		NkTally    *tally = draw_children(world, i, n);
		NkLcaData	data;
		NkLcaFit	end;
		void	   *data_room = patterns_room(nk_lca_data_size(tally));
		void	   *room;
		int			place[CLASSES];

		nk_lca_data(tally, ITEMS, data_room, &data);
		room = patterns_room(nk_lca_fit_size(&data, CLASSES, &settings));
		memcpy(fit.share, world->share, sizeof(world->share));
		memcpy(fit.probability, world->probability, sizeof(world->probability));
		if (nk_lca_refine(&data, &settings, room, &fit, &end) != NK_OK ||
			nk_lca_standard_errors(&data, &fit, 0, errors_room, error.share,
								   error.probability) != NK_OK)
			without++;
		else
		{
			match(world, &fit, place);
			for (int k = 0; k < CLASSES; k++)
			{
				count(&shares, fit.share[place[k]], error.share[place[k]],
					  world->share[k]);
				for (int j = 0; j < ITEMS; j++)
					count(&probabilities, fit.probability[place[k] * ITEMS + j],
						  error.probability[place[k] * ITEMS + j],
						  world->probability[k][j]);
			}
		}
		free(tally);
		free(data_room);
		free(room);
	}
	snprintf(name, sizeof(name), "%s: shares", world->name);
	coverage_row(name, n, shares.all, shares.held, low, high);
	snprintf(name, sizeof(name), "%s: probabilities", world->name);
	coverage_row(name, n, probabilities.all, probabilities.held, low, high);
	if (!coverage_short)
		printf("| %s: without bounds, probabilities; fits | %"
			   PRId64 " | %" PRId64 " | %.2f, %.2f | | |\n", world->name, n,
			   datasets, 100. * (double) probabilities.none /
			   (double) (probabilities.none + probabilities.all),
			   100. * (double) without / (double) datasets);
	free(errors_room);
	free(fit.share);
	free(fit.probability);
	free(error.share);
	free(error.probability);
}

int
main(int argc, char **argv)
{
	coverage_begin(argc, argv);
	for (int w = 0; w < 3; w++)
	{
		/* what a large-sample argument is worth with 300 children: less */
		static const double least[] = {.92, .89, .80};

		try_world(&worlds[w], 300, coverage_datasets(2000, 60), least[w], .97);
		try_world(&worlds[w], 2000, coverage_datasets(1000, 40),
				  w == 2 ? .92 : .94, .96);
		try_world(&worlds[w], 20000, coverage_datasets(300, 10), .94, .96);
	}
	return coverage_end();
}
