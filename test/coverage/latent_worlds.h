/*
 * latent_worlds.h - children of latent classes, whose items, outcome and
 * clusters are drawn, and what a model knows of how they are taken for another
 * class: exactly, or as fitted to the children drawn
 */
#ifndef NK_TEST_LATENT_WORLDS_H
#define NK_TEST_LATENT_WORLDS_H

#include "coverage.h"
#include "lca.h"

#define WORLD_CLASSES	4
#define WORLD_ITEMS		8
#define WORLD_PATTERNS	(1 << WORLD_ITEMS)
#define WORLD_OUTCOMES	3

/* probabilities of items are low or high, those that make the classes differ */
typedef struct LatentWorld
{
	const char *name;
	int			classes;
	double		low;
	double		high;
	double		share[WORLD_CLASSES];
	double		outcome[WORLD_CLASSES][WORLD_OUTCOMES];
} LatentWorld;

/* which items are common in each class */
static const uint64_t world_common[WORLD_CLASSES] = {0xFF, 0x0F, 0xF0, 0x00};

/* a child as it is drawn */
typedef struct LatentChild
{
	int			class;
	uint64_t	present;
	int			outcome;
} LatentChild;

static inline int
world_choose(const double *shares, int count, double at)
{
	int			chosen = 0;

	while (chosen < count - 1 && at >= shares[chosen])
		at -= shares[chosen++];
	return chosen;
}

static inline double
world_probability(const LatentWorld *world, int class, int item)
{
	return world_common[class] >> item & 1 ? world->high : world->low;
}

/* numbers of one child: stream i of a data set's seed */
static inline uint64_t
world_items(const LatentWorld *world, int64_t seed, int32_t stream, int class)
{
	uint64_t	present = 0;

	for (int j = 0; j < WORLD_ITEMS; j++)
		if (nk_random_uniform(seed, stream, 2 + j) <
			world_probability(world, class, j))
			present |= (uint64_t) 1 << j;
	return present;
}

static inline LatentChild
world_child(const LatentWorld *world, int64_t seed, int32_t stream)
{
	LatentChild child;

	child.class = world_choose(world->share, world->classes,
							   nk_random_uniform(seed, stream, 0));
	child.outcome = world_choose(world->outcome[child.class], WORLD_OUTCOMES,
								 nk_random_uniform(seed, stream, 1));
	child.present = world_items(world, seed, stream, child.class);
	return child;
}

/* what is known of classes: the class that a pattern is taken for, and errors */
typedef struct LatentKnowledge
{
	int			modal[WORLD_PATTERNS];
	double		d[WORLD_CLASSES * WORLD_CLASSES];
	double		entropy;
	double		shares[WORLD_CLASSES];
	double		probabilities[WORLD_CLASSES * WORLD_ITEMS];
} LatentKnowledge;

/* from parameters that are there, over all patterns with these weights */
static inline void
world_classify(int classes, const NkLcaData *data, LatentKnowledge *known)
{
	NkLcaParameters parameters = {
		classes, WORLD_ITEMS, known->shares, known->probabilities
	};
	void	   *room;

	for (int y = 0; y < WORLD_PATTERNS; y++)
	{
		double		posterior[WORLD_CLASSES];

		nk_lca_bayes(&parameters, (uint64_t) y, WORLD_PATTERNS - 1, posterior);
		known->modal[y] = nk_lca_modal(posterior, classes);
	}
	room = malloc(nk_lca_statistics_size(classes, WORLD_ITEMS));
	if (room == NULL)
		exit(EXIT_FAILURE);
	nk_lca_assignments(data, &parameters, room, known->d);
	free(room);
}

static inline NkLcaData
world_data(const double *counts, uint64_t *observed, uint64_t *present,
		   double *weight)
{
	NkLcaData	data = {
		.items = WORLD_ITEMS, .observed = observed, .present = present,
		.weight = weight
	};

	for (int y = 0; y < WORLD_PATTERNS; y++)
	{
		if (counts[y] <= 0)
			continue;
		observed[data.patterns] = WORLD_PATTERNS - 1;
		present[data.patterns] = (uint64_t) y;
		weight[data.patterns++] = counts[y];
	}
	nk_lca_describe(&data);
	return data;
}

static inline void
world_truth(const LatentWorld *world, LatentKnowledge *known, double *counts)
{
	double		uncertain = 0;

	for (int y = 0; y < WORLD_PATTERNS; y++)
	{
		double		joint[WORLD_CLASSES];

		counts[y] = 0;
		for (int k = 0; k < world->classes; k++)
		{
			joint[k] = world->share[k];
			for (int j = 0; j < WORLD_ITEMS; j++)
			{
				double		p = world_probability(world, k, j);

				known->probabilities[k * WORLD_ITEMS + j] = p;
				joint[k] *= y >> j & 1 ? p : 1 - p;
			}
			known->shares[k] = world->share[k];
			counts[y] += joint[k];
		}
		for (int k = 0; k < world->classes; k++)
			uncertain -= joint[k] * log(joint[k] / counts[y]);
	}
	known->entropy = 1 - uncertain / log((double) world->classes);
}

/* the whole truth */
static inline void
world_know(const LatentWorld *world, LatentKnowledge *known)
{
	double		counts[WORLD_PATTERNS];
	uint64_t	observed[WORLD_PATTERNS];
	uint64_t	present[WORLD_PATTERNS];
	double		weight[WORLD_PATTERNS];
	NkLcaData	data;

	world_truth(world, known, counts);
	data = world_data(counts, observed, present, weight);
	world_classify(world->classes, &data, known);
}

/* what a model fitted to these counts of patterns knows; from the truth on */
static inline NkStatus
world_learn(const LatentWorld *world, const double *counts,
			LatentKnowledge *known)
{
	static char room[1 << 22];
	const NkLcaSettings settings = {
		.starts = 1, .finish = 1, .seed = 1, .tolerance = 1e-9,
		.max_iterations = 5000
	};
	double		truth[WORLD_PATTERNS];
	uint64_t	observed[WORLD_PATTERNS];
	uint64_t	present[WORLD_PATTERNS];
	double		weight[WORLD_PATTERNS];
	NkLcaData	data = world_data(counts, observed, present, weight);
	NkLcaParameters parameters = {
		world->classes, WORLD_ITEMS, known->shares, known->probabilities
	};
	NkLcaFit	fit;
	NkStatus	status;

	world_truth(world, known, truth);
	if (nk_lca_fit_size(&data, world->classes, &settings) > sizeof(room))
		abort();
	status = nk_lca_refine(&data, &settings, room, &parameters, &fit);
	world_classify(world->classes, &data, known);
	return status;
}

#endif							/* NK_TEST_LATENT_WORLDS_H */
