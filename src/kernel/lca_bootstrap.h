/*
 * lca_bootstrap.h - does one class more describe more than chance?
 *
 *	nk_lca_bootstrap_begin(&data, classes, &settings, room, &test);
 *	for (i = 0; i < replicates; i++)
 *		nk_lca_draw(&data, &test.fewer, seed, i, draw_room, &drawn);
 *		nk_lca_bootstrap_add(&test, &drawn, nk_lca_draw_seed(seed, i), ...);
 *	result = nk_lca_simulated(test.hits, test.replicates);
 *
 * The room for what was drawn is known when it has been drawn, so the loop is
 * the caller's.
 */
#ifndef NK_LCA_BOOTSTRAP_H
#define NK_LCA_BOOTSTRAP_H

#include "lca_draw.h"

#pragma GCC visibility push(hidden)

typedef struct NkLcaBootstrap
{
	int			classes;		/* against one fewer */
	NkLcaSettings settings;
	NkLcaParameters fewer;		/* the model of one class fewer */
	double		log_likelihood; /* of that number of classes */
	double		log_likelihood_fewer;
	double		statistic;		/* twice the difference */
	int64_t		replicates;		/* that could be fitted */
	int64_t		hits;			/* with a statistic at least as large */
} NkLcaBootstrap;

/* a p-value by simulation */
typedef struct NkLcaSimulated
{
	double		p_value;
	double		p_lower;		/* 95 percent interval of what more */
	double		p_upper;		/* replicates would tend to */
} NkLcaSimulated;

/* the room of one call, which may be another one each time */
extern size_t nk_lca_bootstrap_size(const NkLcaData *data, int classes,
									const NkLcaSettings *settings);

/* the room of the model of one class fewer, in use until the end */
extern size_t nk_lca_bootstrap_model_size(const NkLcaData *data, int classes);

/*
 * Fit both models, of at least two classes.  The status is that of the fits;
 * unless it is NK_OK or NK_NOT_CONVERGED, there is no statistic.
 */
extern NkStatus nk_lca_bootstrap_begin(const NkLcaData *data, int classes,
									   const NkLcaSettings *settings,
									   void *model_room, void *room,
									   NkLcaBootstrap *test);

/* fit both to a drawn data set, by starts of that seed, and count it */
extern void nk_lca_bootstrap_add(NkLcaBootstrap *test, const NkLcaData *drawn,
								 int64_t seed, void *room);

/*
 * The p-value of so many hits in so many replicates, (1 + hits) /
 * (1 + replicates); undefined without any.
 */
extern NkLcaSimulated nk_lca_simulated(int64_t hits, int64_t replicates);

#pragma GCC visibility pop

#endif							/* NK_LCA_BOOTSTRAP_H */
